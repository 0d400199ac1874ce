package dev.assay.platform.deadletter;

import dev.assay.platform.sink.Outgoing;
import dev.assay.platform.sink.SinkProducer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The service's dead letters. */
@ApplicationScoped
class DeadLetterStore {
    private static final int AT_ONCE = 500;
    private static final String MEANT = """
             ($1::text is null or tenant = $1) and ($2::text is null or topic = $2)
             and ($3::int is null or partition_id = $3) and ($4::bigint is null or record_offset = $4)
            """;

    private final Pool pool;
    private final SinkProducer producer;

    DeadLetterStore(Pool pool, SinkProducer producer) {
        this.pool = pool;
        this.producer = producer;
    }

    /** The latest first. */
    Uni<List<DeadLetter>> list(
            DeadLetterFilter filter, @Nullable Boolean replayed, int limit, @Nullable DeadLetterCursor after) {
        return pool.preparedQuery("""
                        select topic, partition_id, record_offset, nullif(tenant, ''), reason, found_time,
                               octet_length(record_value), replayed
                        from dead_letter where""" + MEANT + """
                         and ($5::boolean is null or replayed = $5)
                         and ($6::timestamptz is null
                              or (found_time, topic, partition_id, record_offset) < ($6, $7::text, $8::int, $9::bigint))
                        order by found_time desc, topic desc, partition_id desc, record_offset desc limit $10""")
                .execute(meant(filter)
                        .addBoolean(replayed)
                        .addOffsetDateTime(
                                after == null ? null : after.foundTime().atOffset(ZoneOffset.UTC))
                        .addString(after == null ? null : after.topic())
                        .addInteger(after == null ? null : after.partition())
                        .addLong(after == null ? null : after.offset())
                        .addInteger(limit))
                .map(DeadLetterStore::letters);
    }

    /**
     * Puts letters back on their topics, the oldest first, each at the end of what is there; they are read again like any
     * record, and what was counted before is not counted again.
     *
     * <p>A crash between sending and marking sends them once more, which is without effect for the same reason.
     *
     * @return how many were put back, {@value #AT_ONCE} at most
     */
    Uni<Integer> replay(DeadLetterFilter filter) {
        return pool.withTransaction(tx -> tx.preparedQuery("""
                        select topic, partition_id, record_offset, record_key, record_value from dead_letter where""" + MEANT + """
                         and not replayed and record_value is not null
                        order by topic, partition_id, record_offset limit $5 for update skip locked""")
                .execute(meant(filter).addInteger(AT_ONCE))
                .chain(rows -> send(tx, rows)));
    }

    /** How many could be put back. */
    Uni<Long> left(DeadLetterFilter filter) {
        return pool.preparedQuery("select count(*) from dead_letter where" + MEANT
                        + " and not replayed and record_value is not null")
                .execute(meant(filter))
                .map(rows -> rows.iterator().next().getLong(0));
    }

    private Uni<Integer> send(SqlConnection tx, RowSet<Row> rows) {
        List<Outgoing> records = new ArrayList<>();
        List<Tuple> marks = new ArrayList<>();
        for (Row row : rows) {
            Buffer key = row.getBuffer(3);
            // to its own partition: the order with what has the same key holds, whatever that key is
            records.add(new Outgoing(
                    row.getString(0),
                    row.getInteger(1),
                    key == null ? new byte[0] : key.getBytes(),
                    row.getBuffer(4).getBytes()));
            marks.add(Tuple.of(row.getString(0), row.getInteger(1), row.getLong(2)));
        }
        if (records.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        return producer.send(records)
                .chain(() -> tx.preparedQuery("""
                                update dead_letter set replayed = true
                                where topic = $1 and partition_id = $2 and record_offset = $3""").executeBatch(marks))
                .replaceWith(records.size());
    }

    private static Tuple meant(DeadLetterFilter filter) {
        return Tuple.tuple()
                .addString(filter.tenant())
                .addString(filter.topic())
                .addInteger(filter.partition())
                .addLong(filter.offset());
    }

    private static List<DeadLetter> letters(RowSet<Row> rows) {
        List<DeadLetter> letters = new ArrayList<>();
        for (Row row : rows) {
            letters.add(new DeadLetter(
                    row.getString(0),
                    row.getInteger(1),
                    row.getLong(2),
                    row.getString(3),
                    row.getString(4),
                    row.getOffsetDateTime(5).toInstant(),
                    row.getInteger(6),
                    row.getBoolean(7)));
        }
        return letters;
    }
}
