package dev.assay.platform.sink;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/** Sends again, after a crash, what had been folded in but not been acknowledged as published. */
@ApplicationScoped
class Resend {
    private static final Logger LOG = Logger.getLogger(Resend.class);

    private final Pool pool;
    private final SinkProducer producer;
    private final Instance<SinkHandler> handlers;

    Resend(Pool pool, SinkProducer producer, Instance<SinkHandler> handlers) {
        this.pool = pool;
        this.producer = producer;
        this.handlers = handlers;
    }

    /** Lets the batches of the partition wait until what was unsent has gone out. */
    void schedule(TopicPartition partition, Position position) {
        if (position.published() >= position.next()) {
            return;
        }
        PartitionBatch.Range range = new PartitionBatch.Range(
                partition.topic(), partition.partition(), position.published(), position.next());
        Uni<Void> work = pool.withTransaction(tx -> handler(partition.topic()).resend(tx, range))
                .chain(producer::send)
                .onFailure(failure -> !position.isLost())
                .retry()
                .withBackOff(Duration.ofMillis(200), Duration.ofSeconds(5))
                .indefinitely()
                .invoke(() -> {
                    LOG.infof("sent again what %s had unsent between %d and %d", partition, range.from(), range.to());
                    position.publishedTo(range.to());
                });
        position.readyAfter(work);
        position.ready()
                .subscribe()
                .with(done -> {}, failure -> LOG.warnf("resend of %s ended: %s", partition, failure.getMessage()));
    }

    SinkHandler handler(String topic) {
        for (SinkHandler handler : handlers) {
            if (handler.topic().equals(topic)) {
                return handler;
            }
        }
        throw new IllegalStateException("no sink handler for topic " + topic);
    }
}
