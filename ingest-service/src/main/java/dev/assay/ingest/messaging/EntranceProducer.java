package dev.assay.ingest.messaging;

import dev.assay.contracts.Topics;
import dev.assay.ingest.app.EventLog;
import dev.assay.platform.kafka.KafkaSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The producer behind every answer: acknowledged by all replicas, idempotent, and quick to say that it cannot.
 *
 * <p>It is called on event loops, so it must not block: topics are looked up by a thread of its own, and a topic that is not
 * known yet is an unavailable log. A record that is not acknowledged within four seconds has failed, so that a client
 * hears of a lost broker within five.
 */
@ApplicationScoped
class EntranceProducer {
    private static final Logger LOG = Logger.getLogger(EntranceProducer.class);
    private static final List<String> TOPICS = List.of(Topics.EVENTS, Topics.FEEDBACK, Topics.REJECTIONS);
    private static final long LOOKUP_SECONDS = 20;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<String, Integer> partitions = new ConcurrentHashMap<>();
    private final ScheduledExecutorService lookup = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "entrance-topics");
        thread.setDaemon(true);
        return thread;
    });

    EntranceProducer(KafkaSettings kafka) {
        this.producer = new KafkaProducer<>(
                kafka.of(Map.ofEntries(
                        Map.entry(ProducerConfig.CLIENT_ID_CONFIG, "ingest-entrance"),
                        Map.entry(ProducerConfig.ACKS_CONFIG, "all"),
                        Map.entry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true"),
                        Map.entry(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4"),
                        Map.entry(ProducerConfig.LINGER_MS_CONFIG, "10"),
                        Map.entry(ProducerConfig.BATCH_SIZE_CONFIG, "131072"),
                        Map.entry(ProducerConfig.BUFFER_MEMORY_CONFIG, String.valueOf(96L * 1024 * 1024)),
                        Map.entry(ProducerConfig.MAX_BLOCK_MS_CONFIG, "500"),
                        Map.entry(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "3000"),
                        Map.entry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "4000"),
                        Map.entry(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "1000"),
                        Map.entry(ProducerConfig.METADATA_MAX_IDLE_CONFIG, String.valueOf(Integer.MAX_VALUE)),
                        Map.entry(ProducerConfig.METADATA_MAX_AGE_CONFIG, "60000"))),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    void start(@Observes StartupEvent event) {
        lookup.execute(this::lookUp);
    }

    void stop(@Observes ShutdownEvent event) {
        lookup.shutdownNow();
        producer.close(Duration.ofSeconds(5));
    }

    /**
     * How many partitions a topic has.
     *
     * @throws EventLog.Unavailable while that is not known
     */
    int partitions(String topic) {
        Integer known = partitions.get(topic);
        if (known == null) {
            throw new EventLog.Unavailable("topic not known yet: " + topic);
        }
        return known;
    }

    /** The topics that have not been found, or have fewer partitions than they need. */
    List<String> missingTopics() {
        return TOPICS.stream()
                .filter(topic -> partitions.getOrDefault(topic, 0) < Topics.LOCAL_PARTITIONS)
                .toList();
    }

    /** Done when all records are acknowledged; fails with {@link EventLog.Unavailable} when any is not. */
    Uni<Void> send(List<ProducerRecord<byte[], byte[]>> records) {
        for (ProducerRecord<byte[], byte[]> record : records) {
            partitions(record.topic());
        }
        if (records.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().emitter(emitter -> sendAll(records, emitter));
    }

    private void sendAll(List<ProducerRecord<byte[], byte[]>> records, UniEmitter<? super @Nullable Void> emitter) {
        AtomicInteger left = new AtomicInteger(records.size());
        try {
            for (ProducerRecord<byte[], byte[]> record : records) {
                producer.send(record, (metadata, failure) -> {
                    if (failure != null) {
                        fail(emitter, failure);
                    } else if (left.decrementAndGet() == 0) {
                        emitter.complete(null);
                    }
                });
            }
        } catch (KafkaException | IllegalStateException e) {
            fail(emitter, e);
        }
    }

    private static void fail(UniEmitter<? super @Nullable Void> emitter, Exception failure) {
        LOG.debugf(failure, "not acknowledged");
        emitter.fail(new EventLog.Unavailable(String.valueOf(failure.getMessage())));
    }

    /** Asks for the topics' partitions: again soon while one is missing, later to see what was added. */
    private void lookUp() {
        for (String topic : TOPICS) {
            try {
                partitions.put(topic, producer.partitionsFor(topic).size());
            } catch (KafkaException e) {
                LOG.debugf("topic not found: %s: %s", topic, e.getMessage());
            }
        }
        if (!lookup.isShutdown()) {
            lookup.schedule(this::lookUp, missingTopics().isEmpty() ? LOOKUP_SECONDS : 1, TimeUnit.SECONDS);
        }
    }
}
