package dev.assay.quality.store;

import dev.assay.platform.rollup.RollupDelta;
import dev.assay.platform.rollup.RollupStore;
import dev.assay.quality.app.LateFolds;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.common.TopicPartition;

/** Late folds, each in a transaction that holds its source. */
@ApplicationScoped
class LateFoldTables implements LateFolds {
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
        return inSource(source, judged::collect);
    }

    @Override
    public Uni<Integer> requeries(TopicPartition source) {
        return inSource(source, requeries::collect);
    }

    private Uni<Integer> inSource(TopicPartition partition, Step step) {
        return pool.withTransaction(tx -> HeldSource.take(tx, partition)
                .chain(source -> source.isEmpty()
                        ? Uni.createFrom().item(0)
                        : fold(tx, source.get(), step)));
    }

    private Uni<Integer> fold(SqlConnection tx, HeldSource source, Step step) {
        RollupDelta delta = new RollupDelta();
        return step.collect(tx, source.id(), delta)
                .call(seen -> seen == 0
                        ? Uni.createFrom().voidItem()
                        : rollups.revise(tx, source.id(), source.position(), delta));
    }
}
