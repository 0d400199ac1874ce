package dev.assay.ingest.entrance;

import dev.assay.contracts.Topics;
import dev.assay.contracts.control.v1.Rejection;
import dev.assay.contracts.llm.v1.AcceptedEvents;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.FeedbackEvent;
import dev.assay.localstack.TestStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A topic read from where it ended when the test began. What was answered with success stands there already. */
final class Topic implements AutoCloseable {
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;

    Topic(String name) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestStack.shared().bootstrap(), "enable.auto.commit", "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        partitions = consumer.partitionsFor(name).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    static Topic events() {
        return new Topic(Topics.EVENTS);
    }

    /** All records from where reading stopped to the present end. */
    List<ConsumerRecord<byte[], byte[]>> records() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        }
        return records;
    }

    List<Call> calls(String tenant) throws Exception {
        List<Call> calls = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records()) {
            AcceptedEvents.parseFrom(record.value()).getCallsList().stream()
                    .filter(call -> call.getEnvelope().getTenant().equals(tenant))
                    .forEach(calls::add);
        }
        return calls;
    }

    List<FeedbackEvent> feedback(String tenant) throws Exception {
        List<FeedbackEvent> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records()) {
            events.add(FeedbackEvent.parseFrom(record.value()));
        }
        events.removeIf(Predicate.not(event -> event.getEnvelope().getTenant().equals(tenant)));
        return events;
    }

    List<Rejection> rejections(String tenant) throws Exception {
        List<Rejection> rejections = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records()) {
            rejections.add(Rejection.parseFrom(record.value()));
        }
        rejections.removeIf(rejection -> !rejection.getTenant().equals(tenant));
        return rejections;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
