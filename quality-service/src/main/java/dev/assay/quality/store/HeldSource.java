package dev.assay.quality.store;

import dev.assay.contracts.Topics;
import dev.assay.platform.sink.Sources;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * A source whose offset row a job holds, so that no batch of it is under way.
 *
 * @param position one past the last record folded in
 */
record HeldSource(short id, long position) {

    /** Takes the row until the transaction ends; sinks take it first as well. Empty when the source has no row yet. */
    static Uni<Optional<HeldSource>> take(SqlConnection tx, TopicPartition partition) {
        return tx.preparedQuery(
                        "select next_offset from consumer_offset where topic_id = $1 and partition_id = $2 for update")
                .execute(Tuple.of(Topics.id(partition.topic()), partition.partition()))
                .map(rows -> position(rows)
                        .map(next -> new HeldSource(Sources.id(partition.topic(), partition.partition()), next)));
    }

    private static Optional<Long> position(RowSet<Row> rows) {
        return rows.size() == 0
                ? Optional.empty()
                : Optional.of(rows.iterator().next().getLong(0));
    }
}
