package dev.assay.quality.store;

import dev.assay.platform.rollup.RollupDelta;
import dev.assay.platform.rollup.RollupStore;
import dev.assay.platform.sink.Sources;
import dev.assay.quality.app.LateFolds;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.common.TopicPartition;

/** Late folds, each in a transaction that holds its source. */
@ApplicationScoped
class LateFoldTables implements LateFolds {
    private static final String LIMITS =
            "select set_config('lock_timeout', $1, true), set_config('statement_timeout', $2, true)";

    private static final String MOST_WAIT = "2s";
    private static final String MOST_WORK = "10s";

    private final Pool pool;
    private final RollupStore rollups;
    private final JudgedFolds judged;
    private final RequeryFolds requeries;

    LateFoldTables(Pool pool, RollupStore rollups, JudgedFolds judged, RequeryFolds requeries) {
        this.pool = pool;
        this.rollups = rollups;
        this.judged = judged;
        this.requeries = requeries;
    }

    private interface Step {
        /** Works out what changes for a source; how much was looked at. */
        Uni<Integer> collect(SqlConnection tx, short source, RollupDelta into);
    }

    @Override
    public Uni<Integer> judged(TopicPartition source) {
        return inSource(source, "judged_change", judged::collect);
    }

    @Override
    public Uni<Integer> requeries(TopicPartition source) {
        return inSource(source, "session_change", requeries::collect);
    }

    /** The source is held only where there is something to do: its sink waits meanwhile. */
    private Uni<Integer> inSource(TopicPartition partition, String marks, Step step) {
        return pool.preparedQuery("select exists (select from " + marks + " where source = $1)")
                .execute(Tuple.of(Sources.id(partition.topic(), partition.partition())))
                .chain(rows -> rows.iterator().next().getBoolean(0)
                        ? held(partition, step)
                        : Uni.createFrom().item(0));
    }

    /**
     * In a transaction that gives up soon: a sink that waits for the source waits no longer, nor does one that starts after
     * this process was killed, while the server still works for it.
     */
    private Uni<Integer> held(TopicPartition partition, Step step) {
        return pool.withTransaction(tx -> tx.preparedQuery(LIMITS)
                .execute(Tuple.of(MOST_WAIT, MOST_WORK))
                .chain(() -> HeldSource.take(tx, partition))
                .chain(source -> source.isEmpty() ? Uni.createFrom().item(0) : fold(tx, source.get(), step)));
    }

    private Uni<Integer> fold(SqlConnection tx, HeldSource source, Step step) {
        RollupDelta delta = new RollupDelta();
        return step.collect(tx, source.id(), delta)
                .call(seen -> seen == 0
                        ? Uni.createFrom().voidItem()
                        : rollups.revise(tx, source.id(), source.position(), delta));
    }
}
