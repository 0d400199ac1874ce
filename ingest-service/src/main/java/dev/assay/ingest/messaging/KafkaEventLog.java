package dev.assay.ingest.messaging;

import dev.assay.contracts.Topics;
import dev.assay.contracts.control.v1.Rejection;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.FeedbackEvent;
import dev.assay.ingest.app.EventLog;
import dev.assay.ingest.domain.call.EventPacker;
import dev.assay.ingest.domain.call.FeedbackKey;
import dev.assay.ingest.domain.call.PackedRecord;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The event log on Kafka: {@code llm.events.v1}, {@code llm.feedback.v1} and {@code ingest.rejections.v1}. */
@ApplicationScoped
class KafkaEventLog implements EventLog {
    private final EntranceProducer producer;

    KafkaEventLog(EntranceProducer producer) {
        this.producer = producer;
    }

    @Override
    public Uni<Void> appendCalls(List<Call> calls, List<Rejection> rejections) {
        return Uni.createFrom().deferred(() -> {
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            addRejections(records, rejections);
            for (PackedRecord packed : EventPacker.pack(calls, producer.partitions(Topics.EVENTS))) {
                records.add(new ProducerRecord<>(Topics.EVENTS, packed.partition(), packed.key(), packed.value()));
            }
            return producer.send(records);
        });
    }

    @Override
    public Uni<Void> appendFeedback(List<FeedbackEvent> events, List<Rejection> rejections) {
        return Uni.createFrom().deferred(() -> {
            List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
            addRejections(records, rejections);
            for (FeedbackEvent event : events) {
                records.add(new ProducerRecord<>(Topics.FEEDBACK, bytes(FeedbackKey.of(event)), event.toByteArray()));
            }
            return producer.send(records);
        });
    }

    private static void addRejections(List<ProducerRecord<byte[], byte[]>> records, List<Rejection> rejections) {
        for (Rejection rejection : rejections) {
            records.add(new ProducerRecord<>(Topics.REJECTIONS, bytes(rejection.getTenant()), rejection.toByteArray()));
        }
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }
}
