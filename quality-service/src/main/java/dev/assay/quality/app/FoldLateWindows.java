package dev.assay.quality.app;

import dev.assay.contracts.Topics;
import dev.assay.platform.sink.AssignedPartitions;
import dev.assay.platform.sink.Rounds;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Brings judged scores and re-queries into the windows of the partitions that this replica holds, so that they are
 * published and alert rules can fire on them. A score that comes late changes the minute of its call.
 */
@ApplicationScoped
public class FoldLateWindows {
    private static final Logger LOG = Logger.getLogger(FoldLateWindows.class);

    /** Pages of one source before the next has its turn. */
    private static final int MOST_IN_A_ROW = 4;

    private final AssignedPartitions assigned;
    private final LateFolds folds;

    FoldLateWindows(AssignedPartitions assigned, LateFolds folds) {
        this.assigned = assigned;
        this.folds = folds;
    }

    @Scheduled(every = "${assay.quality.late-windows:1s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> run() {
        return Multi.createFrom()
                .iterable(assigned.held())
                .filter(partition -> partition.topic().equals(Topics.CALLS))
                .onItem()
                .transformToUniAndConcatenate(this::fold)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    /** One source that fails waits for the next round and holds up no other. */
    private Uni<Void> fold(TopicPartition source) {
        return Rounds.tolerant(LOG, "judged windows of " + source, drain(() -> folds.judged(source), MOST_IN_A_ROW))
                .chain(() -> Rounds.tolerant(
                        LOG, "re-queries of " + source, drain(() -> folds.requeries(source), MOST_IN_A_ROW)));
    }

    /** Until nothing is left, or the next source has waited long enough. */
    private static Uni<Void> drain(Supplier<Uni<Integer>> fold, int left) {
        return fold.get()
                .chain(seen -> seen == 0 || left == 1 ? Uni.createFrom().voidItem() : drain(fold, left - 1));
    }
}
