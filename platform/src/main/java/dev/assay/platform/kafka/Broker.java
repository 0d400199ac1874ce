package dev.assay.platform.kafka;

import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What the broker has: topics, and where their partitions end. Each question fails after three seconds without answer. */
@ApplicationScoped
public class Broker {
    private static final int TIMEOUT_MS = 3_000;

    private final KafkaSettings settings;
    private @Nullable Admin admin;

    Broker(KafkaSettings settings) {
        this.settings = settings;
    }

    /** Where it is expected, {@code host:port} separated by commas. */
    public String address() {
        return settings.bootstrapServers();
    }

    /** The names of all topics. */
    public Uni<Set<String>> topics() {
        return Uni.createFrom()
                .completionStage(() -> admin().listTopics().names().toCompletionStage());
    }

    /** The offset behind the last record of each partition. */
    public Uni<Map<TopicPartition, Long>> ends(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return Uni.createFrom()
                .completionStage(() -> admin().listOffsets(
                                partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                        .all()
                        .toCompletionStage())
                .map(ends -> ends.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, end -> end.getValue().offset())));
    }

    private synchronized Admin admin() {
        Admin open = admin;
        if (open == null) {
            open = Admin.create(settings.of(Map.of(
                    AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                    String.valueOf(TIMEOUT_MS),
                    AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                    String.valueOf(TIMEOUT_MS),
                    AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                    "2000")));
            admin = open;
        }
        return open;
    }

    synchronized void stop(@Observes ShutdownEvent event) {
        Admin open = admin;
        if (open != null) {
            open.close(Duration.ofSeconds(1));
        }
    }
}
