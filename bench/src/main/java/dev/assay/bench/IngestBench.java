package dev.assay.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.Topics;
import dev.assay.contracts.llm.v1.AcceptedEvents;
import dev.assay.contracts.llm.v1.Call;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * P1: spans a second through {@code /v1/traces}, each request answered once Kafka has acknowledged, against a raw producer
 * of the same events, a record each (same bytes, acks, codec and broker); beside it, of the records as the entrance packs them.
 *
 * <p>As many requests in flight as it takes to keep the entrance busy. The goal is the entrance's: its process does not
 * consume what it takes in. What is left with the ledger consuming on the same cores is printed beside it. The raw producer
 * has the machine to itself, but for the broker.
 */
final class IngestBench {
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration TURN = Duration.ofSeconds(10);
    private static final int IN_FLIGHT = 32;
    private static final String RAW_TOPIC = "bench.raw";

    private final Subject subject;
    private final int turns;
    private double highest;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    IngestBench(Subject subject, int turns) {
        this.subject = subject;
        this.turns = turns;
    }

    Ratio entrance() throws Exception {
        List<byte[]> requests = Spans.requests(2_000, 1);
        Bench.say("P1: with the ledger consuming alongside");
        subject.startIngest();
        send(requests, WARM_UP);
        double[] alongside = {send(Spans.requests(1_500, 50), TURN), send(Spans.requests(1_500, 51), TURN)};
        Bench.say("P1: warming up");
        subject.startEntranceOnly();
        send(requests, WARM_UP);
        List<ConsumerRecord<byte[], byte[]>> packed = written();
        List<Raw> single = single(packed);
        subject.createTopic(RAW_TOPIC);
        Bench.say(String.format(
                Locale.ROOT, "P1: %,.0f spans/s with the ledger consuming alongside", Ratio.median(alongside)));
        produce(single, WARM_UP);
        double[] ours = new double[turns];
        double[] raw = new double[turns];
        double[] rawPacked = new double[turns];
        for (int turn = 0; turn < turns; turn++) {
            Bench.say("P1: turn " + (turn + 1) + " of " + turns);
            ours[turn] = send(Spans.requests(1_500, 100 + turn), TURN);
            subject.freezeIngest();
            raw[turn] = produce(single, TURN);
            rawPacked[turn] = produce(packed(packed), TURN);
            subject.thawIngest();
        }
        Bench.say(String.format(
                Locale.ROOT,
                "P1: a raw producer of the records as packed by the entrance: %,.0f spans/s, ratio %.3f",
                Ratio.median(rawPacked),
                Ratio.median(ours) / Ratio.median(rawPacked)));
        highest = Ratio.median(ours);
        return new Ratio(
                "P1", "OTLP/HTTP protobuf, 100 spans a request, acks=all", "spans/s", ours, raw, .35, .5, false);
    }

    /** Spans a second, as last measured. */
    double highest() {
        return highest;
    }

    /** Warms the service up, and leaves records behind as it writes them. */
    void warmUp() throws InterruptedException {
        send(Spans.requests(300, 6), WARM_UP);
    }

    private double send(List<byte[]> requests, Duration howLong) throws InterruptedException {
        LongAdder acknowledged = new LongAdder();
        LongAdder refused = new LongAdder();
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        long start = System.nanoTime();
        long end = start + howLong.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            inFlight.acquire();
            post(requests.get(i % requests.size())).whenComplete((answer, failure) -> {
                inFlight.release();
                if (failure == null && answer.statusCode() == 200) {
                    acknowledged.add(Spans.A_REQUEST);
                } else {
                    refused.increment();
                }
            });
        }
        inFlight.acquire(IN_FLIGHT);
        double seconds = (System.nanoTime() - start) / 1e9;
        if (refused.sum() > 0) {
            Bench.say(refused.sum() + " requests were turned away");
        }
        return acknowledged.sum() / seconds;
    }

    CompletableFuture<HttpResponse<Void>> post(byte[] spans) {
        return client.sendAsync(
                HttpRequest.newBuilder(URI.create(subject.url() + "/v1/traces"))
                        .header("Content-Type", "application/x-protobuf")
                        .header("Authorization", "Bearer " + subject.key())
                        .POST(HttpRequest.BodyPublishers.ofByteArray(spans))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
    }

    /** Records as the entrance wrote them. */
    private List<ConsumerRecord<byte[], byte[]>> written() {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", subject.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.EVENTS).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            for (int empty = 0; empty < 5 && records.size() < 20_000; ) {
                int before = records.size();
                consumer.poll(Duration.ofMillis(500)).forEach(records::add);
                empty = records.size() == before ? empty + 1 : 0;
            }
        }
        return records;
    }

    /** One record, and how many events it carries. */
    private record Raw(byte[] key, byte[] value, int events) {}

    /** The same events, one record each. */
    private static List<Raw> single(List<ConsumerRecord<byte[], byte[]>> packed) throws InvalidProtocolBufferException {
        List<Raw> single = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : packed) {
            for (Call call : AcceptedEvents.parseFrom(record.value()).getCallsList()) {
                single.add(new Raw(
                        call.getTraceId().getBytes(StandardCharsets.UTF_8),
                        AcceptedEvents.newBuilder().addCalls(call).build().toByteArray(),
                        1));
            }
        }
        return single;
    }

    private static List<Raw> packed(List<ConsumerRecord<byte[], byte[]>> packed) throws InvalidProtocolBufferException {
        List<Raw> all = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : packed) {
            all.add(new Raw(
                    record.key(),
                    record.value(),
                    AcceptedEvents.parseFrom(record.value()).getCallsCount()));
        }
        return all;
    }

    /** Events a second of a raw producer, to a topic of its own. */
    private double produce(List<Raw> records, Duration howLong) {
        LongAdder acknowledged = new LongAdder();
        long start = System.nanoTime();
        try (KafkaProducer<byte[], byte[]> producer = subject.producer()) {
            long end = start + howLong.toNanos();
            for (int i = 0; System.nanoTime() < end; i++) {
                Raw record = records.get(i % records.size());
                producer.send(new ProducerRecord<>(RAW_TOPIC, record.key(), record.value()), (metadata, failure) -> {
                    if (failure == null) {
                        acknowledged.add(record.events());
                    }
                });
            }
        }
        return acknowledged.sum() / ((System.nanoTime() - start) / 1e9);
    }
}
