package dev.assay.platform.sink;

import dev.assay.contracts.Topics;
import dev.assay.platform.sink.SinkFailures.Fenced;
import dev.assay.platform.sink.SinkSteps.Step;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Folds Kafka records into PostgreSQL so that each counts once, whatever crashes.
 *
 * <p>For each partition of a polled batch, in one transaction: the stored offset moves from where this process stands to
 * one past the batch, and not at all if it stands elsewhere (a zombie is fenced); then the handler folds the records in.
 * After the commit, what must go out is sent. An outage of the database is waited for as long as the partition is held; a
 * record that is itself at fault is isolated by halving the batch, and becomes a dead letter.
 */
@ApplicationScoped
public class ExactlyOnceSink {
    private static final Logger LOG = Logger.getLogger(ExactlyOnceSink.class);
    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_LONGEST = Duration.ofSeconds(3);

    private final Pool pool;
    private final AssignedPartitions assigned;
    private final Resend resend;
    private final SinkProducer producer;
    private final DeadLetters deadLetters;
    private final SinkSteps steps;
    private final Gaps gaps;
    private final MeterRegistry meters;

    ExactlyOnceSink(
            Pool pool,
            AssignedPartitions assigned,
            Resend resend,
            SinkProducer producer,
            DeadLetters deadLetters,
            SinkSteps steps,
            KafkaClientService kafka,
            MeterRegistry meters) {
        this.pool = pool;
        this.assigned = assigned;
        this.resend = resend;
        this.producer = producer;
        this.deadLetters = deadLetters;
        this.steps = steps;
        this.gaps = new Gaps(pool, kafka, meters);
        this.meters = meters;
    }

    /**
     * Folds a polled batch in; done when every partition in it is, or has been given up.
     *
     * @param channel the incoming channel that the records came through
     */
    public Uni<Void> consume(String channel, ConsumerRecords<byte[], byte[]> polled) {
        List<Uni<Void>> partitions = new ArrayList<>();
        for (TopicPartition partition : polled.partitions()) {
            Position position = assigned.position(partition);
            if (position != null) { // otherwise polled before the partition was taken away
                partitions.add(
                        position.ready().chain(() -> consume(channel, partition, position, polled.records(partition))));
            }
        }
        return partitions.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.join().all(partitions).andFailFast().replaceWithVoid();
    }

    private Uni<Void> consume(
            String channel, TopicPartition partition, Position position, List<ConsumerRecord<byte[], byte[]>> polled) {
        List<ConsumerRecord<byte[], byte[]>> records =
                polled.stream().filter(r -> r.offset() >= position.next()).toList();
        if (records.isEmpty() || position.isLost()) {
            return Uni.createFrom().voidItem();
        }
        if (records.get(0).offset() > position.next()) {
            return gaps.resolve(channel, partition, position)
                    .chain(resumed -> resumed
                            ? consume(channel, partition, position, polled)
                            : Uni.createFrom().voidItem());
        }
        return Uni.createFrom()
                .deferred(() -> fold(partition, position, records))
                .onFailure(Fenced.class)
                .recoverWithUni(fenced -> stepBack(channel, partition, position, fenced))
                .onFailure(failure -> !position.isLost())
                .invoke(failure -> LOG.warnf("%s waits: %s", partition, failure.toString()))
                .onFailure(failure -> !position.isLost())
                .retry()
                .withBackOff(RETRY_FIRST, RETRY_LONGEST)
                .indefinitely()
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.infof("%s was taken away in mid-batch", partition);
                    return null;
                });
    }

    private Uni<Void> fold(TopicPartition partition, Position position, List<ConsumerRecord<byte[], byte[]>> records) {
        // a retry after a half-done batch starts where the last commit left off
        List<ConsumerRecord<byte[], byte[]>> left =
                records.stream().filter(r -> r.offset() >= position.next()).toList();
        if (left.isEmpty()) {
            // committed by an attempt that broke off before it had published
            resend.schedule(partition, position);
            return position.ready();
        }
        return attempt(partition, position, left)
                .onFailure(SinkFailures::isDataError)
                .recoverWithUni(failure -> isolate(partition, position, left, failure));
    }

    private Uni<Void> attempt(
            TopicPartition partition, Position position, List<ConsumerRecord<byte[], byte[]>> records) {
        PartitionBatch batch = new PartitionBatch(partition.topic(), partition.partition(), position.next(), records);
        SinkHandler handler = resend.handler(partition.topic());
        steps.passed(Step.BEFORE_TRANSACTION);
        return pool.withTransaction(tx -> moveOffset(tx, partition, position, batch.nextOffset())
                        .invoke(() -> steps.passed(Step.OFFSET_MOVED))
                        .invoke(batch::retry)
                        .chain(() -> handler.apply(tx, batch))
                        .call(() -> deadLetters.keep(tx, batch))
                        .invoke(() -> steps.passed(Step.FOLDED)))
                .invoke(() -> {
                    position.moveTo(batch.nextOffset());
                    meters.counter("assay.sink.records", "topic", partition.topic())
                            .increment(records.size());
                    steps.passed(Step.COMMITTED);
                })
                .chain(outgoing -> publish(position, batch.nextOffset(), outgoing));
    }

    private Uni<Void> publish(Position position, long upTo, List<Outgoing> outgoing) {
        return producer.send(outgoing)
                .onFailure(failure -> !position.isLost())
                .retry()
                .withBackOff(RETRY_FIRST, RETRY_LONGEST)
                .indefinitely()
                .invoke(() -> {
                    steps.passed(Step.PUBLISHED);
                    position.publishedTo(upTo);
                });
    }

    /** The fence: the offset moves only from where this process believes it to be. */
    private static Uni<Void> moveOffset(SqlConnection tx, TopicPartition partition, Position position, long next) {
        return tx.preparedQuery("""
                        update consumer_offset set next_offset = $1, published_offset = greatest(published_offset, $2)
                        where topic_id = $3 and partition_id = $4 and next_offset = $5""")
                .execute(Tuple.of(
                        next,
                        position.published(),
                        Topics.id(partition.topic()),
                        partition.partition(),
                        position.next()))
                .invoke(moved -> {
                    if (moved.rowCount() == 0) {
                        throw new Fenced(partition.toString(), position.next());
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> isolate(
            TopicPartition partition,
            Position position,
            List<ConsumerRecord<byte[], byte[]>> records,
            Throwable failure) {
        if (records.size() == 1) {
            LOG.errorf(
                    failure,
                    "dead letter: %s offset %d",
                    partition,
                    records.get(0).offset());
            return bury(partition, position, records, failure);
        }
        int half = records.size() / 2;
        return fold(partition, position, records.subList(0, half))
                .chain(() -> fold(partition, position, records.subList(half, records.size())));
    }

    private Uni<Void> bury(
            TopicPartition partition,
            Position position,
            List<ConsumerRecord<byte[], byte[]>> single,
            Throwable failure) {
        PartitionBatch batch = new PartitionBatch(partition.topic(), partition.partition(), position.next(), single);
        batch.reject(single.get(0), "", failure.getClass().getSimpleName() + ": " + failure.getMessage());
        return pool.withTransaction(tx -> moveOffset(tx, partition, position, batch.nextOffset())
                        .chain(() -> deadLetters.keep(tx, batch)))
                .invoke(() -> {
                    position.moveTo(batch.nextOffset());
                    position.publishedTo(batch.nextOffset());
                });
    }

    /** Another consumer moved the offset: forget what was held, and seek to where the folds stand now. */
    private Uni<Void> stepBack(String channel, TopicPartition partition, Position position, Throwable fenced) {
        LOG.warnf("%s", fenced.getMessage());
        meters.counter("assay.sink.fenced", "topic", partition.topic()).increment();
        // the commit may have been ours, its answer lost with the connection: then what it had to send is still unsent
        return gaps.seekToStored(channel, partition, position).invoke(() -> resend.schedule(partition, position));
    }
}
