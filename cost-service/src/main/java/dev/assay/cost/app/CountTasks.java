package dev.assay.cost.app;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.cost.app.TaskOutcomes.Key;
import dev.assay.cost.app.TaskOutcomes.Outcome;
import dev.assay.platform.rollup.RollupDelta;
import dev.assay.platform.rollup.RollupStore;
import dev.assay.platform.sink.PartitionBatch;
import dev.assay.platform.window.Minutes;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts each successful task once, in the minute in which it ended. */
@ApplicationScoped
public class CountTasks {
    private final TaskOutcomes outcomes;
    private final RollupStore rollups;

    CountTasks(TaskOutcomes outcomes, RollupStore rollups) {
        this.outcomes = outcomes;
        this.rollups = rollups;
    }

    /** Folds the outcomes that a batch brought, in its order. */
    public Uni<Void> fold(SqlConnection tx, PartitionBatch batch, List<Outcome> told) {
        Map<Key, Outcome> first = new TreeMap<>();
        told.forEach(outcome -> first.putIfAbsent(outcome.key(), outcome));
        if (first.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return outcomes.keep(tx, List.copyOf(first.values())).chain(kept -> {
            RollupDelta windows = new RollupDelta();
            for (Key key : kept) {
                Outcome outcome = first.get(key);
                if (outcome != null && outcome.success()) {
                    windows.at(key.tenant(), outcome.dimensions(), Minutes.ofMicros(outcome.endMicros()))
                            .add(Measure.MEASURE_SUCCESSFUL_TASKS, 1, 1);
                }
            }
            return rollups.fold(tx, batch, windows);
        });
    }
}
