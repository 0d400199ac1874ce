package dev.assay.platform.sink;

import dev.assay.contracts.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Records that could not be handled: kept with their reason in the transaction that passed over them, then sent to the
 * dead-letter topic. The key of the topic's record tells where it came from: {@code topic/partition/offset: reason}.
 */
@ApplicationScoped
public class DeadLetters {
    private static final Logger LOG = Logger.getLogger(DeadLetters.class);
    private static final int REASON_LIMIT = 500;

    private final Pool pool;
    private final SinkProducer producer;
    private final MeterRegistry meters;

    DeadLetters(Pool pool, SinkProducer producer, MeterRegistry meters) {
        this.pool = pool;
        this.producer = producer;
        this.meters = meters;
    }

    Uni<Void> keep(SqlConnection tx, PartitionBatch batch) {
        List<PartitionBatch.Rejected> rejected = batch.rejected();
        if (rejected.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Tuple> rows = new ArrayList<>(rejected.size());
        for (PartitionBatch.Rejected one : rejected) {
            ConsumerRecord<byte[], byte[]> record = one.record();
            rows.add(Tuple.tuple()
                    .addString(one.tenant())
                    .addString(batch.topic())
                    .addInteger(batch.partition())
                    .addLong(record.offset())
                    .addValue(buffer(record.key()))
                    .addValue(buffer(record.value()))
                    .addString(clean(one.reason())));
        }
        meters.counter("assay.sink.dead.letters", "topic", batch.topic()).increment(rejected.size());
        return tx.preparedQuery("""
                        insert into dead_letter
                          (tenant, topic, partition_id, record_offset, record_key, record_value, reason)
                        values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing""").executeBatch(rows).replaceWithVoid();
    }

    @Scheduled(every = "${assay.dead-letters.every:5s}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> send() {
        return Rounds.tolerant(LOG, "dead letters", sendUnsent());
    }

    private Uni<Void> sendUnsent() {
        return pool.query("""
                        select topic, partition_id, record_offset, record_value, reason from dead_letter
                        where not sent order by topic, partition_id, record_offset limit 100""").execute().chain(rows -> {
            List<Outgoing> letters = new ArrayList<>();
            List<Tuple> marks = new ArrayList<>();
            for (Row row : rows) {
                String where = row.getString(0) + "/" + row.getInteger(1) + "/" + row.getLong(2);
                Buffer value = row.getBuffer(3);
                letters.add(Outgoing.of(
                        Topics.DEAD_LETTERS,
                        (where + ": " + row.getString(4)).getBytes(StandardCharsets.UTF_8),
                        value == null ? new byte[0] : value.getBytes()));
                marks.add(Tuple.of(row.getString(0), row.getInteger(1), row.getLong(2)));
            }
            if (letters.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            return producer.send(letters)
                    .chain(() -> pool.preparedQuery("""
                                            update dead_letter set sent = true
                                            where topic = $1 and partition_id = $2 and record_offset = $3""").executeBatch(marks))
                    .replaceWithVoid();
        });
    }

    /** Not the Mutiny API's buffer: that API takes no null. */
    private static io.vertx.core.buffer.@Nullable Buffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : io.vertx.core.buffer.Buffer.buffer(bytes);
    }

    /** PostgreSQL's text takes no NUL. */
    private static String clean(String reason) {
        String text = reason.replace("\u0000", "");
        return text.length() > REASON_LIMIT ? text.substring(0, REASON_LIMIT) : text;
    }
}
