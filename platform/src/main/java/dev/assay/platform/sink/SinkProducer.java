package dev.assay.platform.sink;

import dev.assay.platform.kafka.KafkaSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The producer of everything that goes out after a commit: acknowledged by all replicas, idempotent. */
@ApplicationScoped
public class SinkProducer {
    private final KafkaProducer<byte[], byte[]> producer;

    SinkProducer(KafkaSettings kafka) {
        this.producer = new KafkaProducer<>(
                kafka.of(Map.of(
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true",
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                        ProducerConfig.LINGER_MS_CONFIG, "5",
                        ProducerConfig.BATCH_SIZE_CONFIG, "131072",
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, "30000",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "60000",
                        ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "2000")),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** Sends all records; done when every one is acknowledged, failed when any is not. */
    public Uni<Void> send(List<Outgoing> records) {
        if (records.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        // send() may block on metadata or a full buffer, so it never runs on an event loop
        return Uni.createFrom()
                .completionStage(() -> sendAll(records))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** How many partitions a topic has. */
    public Uni<Integer> partitions(String topic) {
        return Uni.createFrom()
                .item(() -> producer.partitionsFor(topic).size())
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private CompletableFuture<Void> sendAll(List<Outgoing> records) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        AtomicInteger left = new AtomicInteger(records.size());
        for (Outgoing record : records) {
            producer.send(record.toProducerRecord(), (metadata, failure) -> {
                if (failure != null) {
                    done.completeExceptionally(failure);
                } else if (left.decrementAndGet() == 0) {
                    done.complete(null);
                }
            });
        }
        return done;
    }

    void stop(@Observes ShutdownEvent event) {
        producer.close(Duration.ofSeconds(5));
    }
}
