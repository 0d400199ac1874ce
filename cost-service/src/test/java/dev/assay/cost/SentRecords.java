package dev.assay.cost;

import dev.assay.localstack.TestStack;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts records on topics of the test's broker, on the partitions that the test wants. */
final class SentRecords {
    private SentRecords() {}

    /** A record for one partition. */
    record Sent(int partition, byte[] value) {}

    static void send(String topic, List<Sent> records) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        TestStack.shared().bootstrap(),
                        ProducerConfig.LINGER_MS_CONFIG,
                        "5"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Sent record : records) {
                producer.send(new ProducerRecord<>(topic, record.partition(), new byte[0], record.value()));
            }
            producer.flush();
        }
    }
}
