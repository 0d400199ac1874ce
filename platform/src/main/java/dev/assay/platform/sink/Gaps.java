package dev.assay.platform.sink;

import dev.assay.contracts.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * What to do when records come that do not continue where the folds stand: either they were polled before a seek, and are
 * dropped; or retention has removed records that nobody folded in, and the loss is counted and told.
 */
final class Gaps {
    private static final Logger LOG = Logger.getLogger(Gaps.class);

    private final Pool pool;
    private final KafkaClientService kafka;
    private final MeterRegistry meters;

    Gaps(Pool pool, KafkaClientService kafka, MeterRegistry meters) {
        this.pool = pool;
        this.kafka = kafka;
        this.meters = meters;
    }

    /** True when the position has moved over a loss, so that the polled records may be looked at again. */
    Uni<Boolean> resolve(String channel, TopicPartition partition, Position position) {
        return kafka.getConsumer(channel)
                .runOnPollingThread(consumer -> {
                    return consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
                })
                .chain(beginning -> beginning > position.next()
                        ? jump(partition, position, beginning).replaceWith(true)
                        : seekToStored(channel, partition, position).replaceWith(false));
    }

    /** Reads the stored offset again and seeks there; nothing happens if the partition is no longer held. */
    Uni<Void> seekToStored(String channel, TopicPartition partition, Position position) {
        return pool.preparedQuery("select next_offset from consumer_offset where topic_id = $1 and partition_id = $2")
                .execute(Tuple.of(Topics.id(partition.topic()), partition.partition()))
                .chain(rows -> {
                    long stored = rows.iterator().next().getLong(0);
                    position.moveTo(stored);
                    return kafka.getConsumer(channel).runOnPollingThread(consumer -> {
                        if (consumer.assignment().contains(partition)) {
                            consumer.seek(partition, stored);
                        }
                    });
                });
    }

    private Uni<Void> jump(TopicPartition partition, Position position, long beginning) {
        long lost = beginning - position.next();
        LOG.errorf("%s: retention removed %d records before they were folded in", partition, lost);
        return pool.preparedQuery("""
                        update consumer_offset set next_offset = $1, lost_records = lost_records + $2
                        where topic_id = $3 and partition_id = $4 and next_offset = $5""")
                .execute(
                        Tuple.of(beginning, lost, Topics.id(partition.topic()), partition.partition(), position.next()))
                .invoke(() -> {
                    meters.counter("assay.sink.lost.records", "topic", partition.topic())
                            .increment(lost);
                    position.moveTo(beginning);
                    position.publishedTo(beginning);
                })
                .replaceWithVoid();
    }
}
