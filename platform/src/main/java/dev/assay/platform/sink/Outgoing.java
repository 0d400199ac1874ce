package dev.assay.platform.sink;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record to send once the transaction that decided it has committed.
 *
 * @param partition where it must go, or null to let the key decide
 */
public record Outgoing(String topic, @Nullable Integer partition, byte[] key, byte[] value) {

    /** A record that its key places. */
    public static Outgoing of(String topic, byte[] key, byte[] value) {
        return new Outgoing(topic, null, key, value);
    }

    ProducerRecord<byte[], byte[]> toProducerRecord() {
        return new ProducerRecord<>(topic, partition, key, value);
    }
}
