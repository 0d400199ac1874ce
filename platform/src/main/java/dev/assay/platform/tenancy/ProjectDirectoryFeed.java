package dev.assay.platform.tenancy;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.Topics;
import dev.assay.contracts.control.v1.ProjectSection;
import dev.assay.platform.kafka.KafkaSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the {@link ProjectDirectory} in step with {@code control.projects.v1}: reads the whole topic at start, then
 * follows it.
 *
 * <p>A plain consumer on a thread of its own, since every replica reads all partitions and no group takes part.
 */
@ApplicationScoped
class ProjectDirectoryFeed implements Runnable {
    private static final Logger LOG = Logger.getLogger(ProjectDirectoryFeed.class);

    private final ProjectDirectory directory;
    private final TenancyConfig config;
    private final KafkaSettings kafka;
    private volatile boolean running = true;
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    private @Nullable Thread thread;

    ProjectDirectoryFeed(ProjectDirectory directory, TenancyConfig config, KafkaSettings kafka) {
        this.directory = directory;
        this.config = config;
        this.kafka = kafka;
    }

    void start(@Observes StartupEvent event) {
        Thread feed = new Thread(this, "project-directory");
        feed.setDaemon(true);
        feed.start();
        thread = feed;
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        KafkaConsumer<String, byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        if (thread != null) {
            thread.join(5_000);
        }
    }

    @Override
    public void run() {
        while (running) {
            try {
                follow();
            } catch (WakeupException e) {
                // stop() asked for it; the loop condition ends it
            } catch (RuntimeException e) {
                LOG.warnf(e, "project directory lost its topic, reads it again");
            }
        }
    }

    private void follow() {
        try (KafkaConsumer<String, byte[]> open = new KafkaConsumer<>(
                kafka.of(Map.of(
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false",
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false",
                        ConsumerConfig.METADATA_MAX_AGE_CONFIG, "30000",
                        ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, "2000")),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            consumer = open;
            List<TopicPartition> partitions = open.partitionsFor(Topics.PROJECTS, config.directoryPoll()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                open.poll(Duration.ofSeconds(1));
                return;
            }
            open.assign(partitions);
            open.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(open.endOffsets(partitions, config.directoryPoll()));
            while (running) {
                if (!directory.isComplete() && reached(open, ends)) {
                    directory.markComplete();
                }
                for (ConsumerRecord<String, byte[]> record : open.poll(Duration.ofMillis(500))) {
                    take(record);
                }
            }
        } finally {
            consumer = null;
        }
    }

    private static boolean reached(KafkaConsumer<String, byte[]> open, Map<TopicPartition, Long> ends) {
        Set<TopicPartition> done = ends.entrySet().stream()
                .filter(end -> end.getValue() == 0 || open.position(end.getKey()) >= end.getValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        ends.keySet().removeAll(done);
        return ends.isEmpty();
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            return;
        }
        try {
            directory.apply(record.key(), record.value() == null ? null : ProjectSection.parseFrom(record.value()));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            LOG.errorf(
                    "control record not understood: key=%s partition=%d offset=%d: %s",
                    record.key(), record.partition(), record.offset(), e.getMessage());
        }
    }
}
