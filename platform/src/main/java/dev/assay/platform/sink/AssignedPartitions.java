package dev.assay.platform.sink;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.reactive.messaging.kafka.KafkaConsumerRebalanceListener;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of this process and where it stands in each: on assignment the consumer seeks to the offset stored with
 * the folds; Kafka's own committed offsets are not looked at.
 */
@ApplicationScoped
@Default
@Identifier("stored-offsets")
public class AssignedPartitions implements KafkaConsumerRebalanceListener {
    private static final Logger LOG = Logger.getLogger(AssignedPartitions.class);

    private final StoredOffsets stored;
    private final Resend resend;
    private final Map<TopicPartition, Position> positions = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    AssignedPartitions(StoredOffsets stored, Resend resend) {
        this.stored = stored;
        this.resend = resend;
    }

    @Override
    public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(partitions);
        for (TopicPartition partition : partitions) {
            Position position = readUntilThere(partition, beginnings.getOrDefault(partition, 0L));
            if (position == null) {
                return;
            }
            consumer.seek(partition, position.next());
            Position before = positions.put(partition, position);
            if (before != null) {
                before.lose();
            }
            resend.schedule(partition, position);
            LOG.infof("assigned %s at offset %d", partition, position.next());
        }
    }

    @Override
    public void onPartitionsRevoked(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(this::lose);
    }

    @Override
    public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        partitions.forEach(this::lose);
    }

    @Nullable
    Position position(TopicPartition partition) {
        return positions.get(partition);
    }

    /** The offset up to which a partition has been folded in, or -1 if it is not held. */
    public long standsAt(TopicPartition partition) {
        Position position = positions.get(partition);
        return position == null ? -1 : position.next();
    }

    /** The partitions held now. */
    public Set<TopicPartition> held() {
        return Set.copyOf(positions.keySet());
    }

    void stop(@jakarta.enterprise.event.Observes io.quarkus.runtime.ShutdownEvent event) {
        stopping = true;
    }

    private void lose(TopicPartition partition) {
        Position position = positions.remove(partition);
        if (position != null) {
            position.lose();
            LOG.infof("gave up %s at offset %d", partition, position.next());
        }
    }

    /** The polling thread has nothing to do without the position, so it waits for the database here. */
    private @Nullable Position readUntilThere(TopicPartition partition, long beginning) {
        for (long waitMs = 200; !stopping; waitMs = Math.min(waitMs * 2, 2_000)) {
            try {
                return stored.read(partition, beginning);
            } catch (SQLException e) {
                LOG.warnf("stored offset of %s cannot be read, tries again: %s", partition, e.getMessage());
                try {
                    TimeUnit.MILLISECONDS.sleep(waitMs);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return null;
                }
            }
        }
        return null;
    }
}
