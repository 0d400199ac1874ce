package dev.assay.bench;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.Topics;
import dev.assay.contracts.llm.v1.AcceptedEvents;
import dev.assay.contracts.llm.v1.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * P1 and P2: events a second through an entrance, each request answered once Kafka has acknowledged, against a raw producer
 * of the same events, a record each (same bytes, acks, codec and broker); beside it, of the records as the entrance packs them.
 *
 * <p>As many requests in flight as it takes to keep the entrance busy. The goal is the entrance's: its process does not
 * consume what it takes in. What is left with the ledger consuming on the same cores is printed beside it. The generator has a core of
 * its own; service and broker share the others, and so do, in its turn, raw producer and broker.
 */
final class IngestBench {
    private static final Duration WARM_UP = Duration.ofSeconds(20);
    /**
     * Until the compiler has had its time, for a service runs for weeks: by small requests, so that what is done once a request
     * is done as often in a minute as it would be in half an hour.
     */
    private static final Duration LONG_WARM_UP = Duration.ofSeconds(90);

    private static final int SMALL_REQUEST = 5;

    private static final Duration TURN = Duration.ofSeconds(20);
    private static final Duration RAW_TURN = Duration.ofSeconds(10);
    private static final int IN_FLIGHT = 32;
    private static final int LAST = 4_000;

    private final Subject subject;
    private final Entrance entrance;
    private final int turns;
    private final String rawTopic;
    private double highest;

    IngestBench(Subject subject, Entrance entrance, int turns) {
        this.subject = subject;
        this.entrance = entrance;
        this.turns = turns;
        this.rawTopic = "bench.raw." + entrance.goal;
    }

    /** The entrance's rate beside a raw producer's. */
    Ratio measure() throws Exception {
        say("with the ledger consuming alongside, on all cores");
        Cores.share(subject.measured());
        subject.startIngest();
        send(entrance.requests(2_000, 1), WARM_UP);
        double alongside = send(entrance.requests(1_500, 50), TURN).perSecond();
        say(String.format(Locale.ROOT, "%,.0f events/s with the ledger consuming alongside", alongside));

        say("warming up");
        subject.startEntranceOnly();
        warmUp(LONG_WARM_UP);
        List<ConsumerRecord<byte[], byte[]>> written = written();
        List<Raw> single = single(written);
        List<Raw> packed = packed(written);
        subject.createTopic(rawTopic);
        produce(single, WARM_UP);

        boolean split = Cores.canBePinned();
        if (split) {
            Cores.split(subject.measured());
        }
        Turns ours = new Turns(turns);
        Turns raw = new Turns(turns);
        Turns rawPacked = new Turns(turns);
        for (int turn = 0; turn < turns; turn++) {
            say("turn " + (turn + 1) + " of " + turns);
            ours.add(send(entrance.requests(1_500, 100 + turn), TURN));
            subject.freezeIngest();
            if (split) {
                Cores.join();
            }
            raw.add(produce(single, RAW_TURN));
            rawPacked.add(produce(packed, RAW_TURN));
            if (split) {
                Cores.part();
            }
            subject.thawIngest();
        }
        say(split ? "the generator on one core; service, or raw producer, and broker on the rest" : "nothing pinned");
        say(ours.said("the entrance, with its broker"));
        say(raw.said("a raw producer of an event a record, with its broker"));
        say(rawPacked.said("a raw producer of the records as packed by the entrance, with its broker"));
        highest = Ratio.median(ours.perSecond());
        return new Ratio(
                entrance.goal,
                entrance.what,
                "events/s",
                ours.perSecond(),
                raw.perSecond(),
                entrance.floor,
                entrance.target,
                false);
    }

    private void say(String text) {
        Bench.say(entrance.goal + ": " + text);
    }

    /** Events a second, as last measured. */
    double highest() {
        return highest;
    }

    /** Warms the service up, and leaves records behind as it writes them. */
    void warmUp() throws IOException, InterruptedException {
        warmUp(WARM_UP);
    }

    private void warmUp(Duration howLong) throws IOException, InterruptedException {
        send(entrance.requests(10_000, SMALL_REQUEST, 6), howLong);
        send(entrance.requests(2_000, 1), howLong.dividedBy(2));
    }

    private Turn send(List<byte[]> requests, Duration howLong) throws IOException, InterruptedException {
        LongAdder acknowledged = new LongAdder();
        LongAdder refused = new LongAdder();
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        Duration before = subject.cpu();
        long start = System.nanoTime();
        long end = start + howLong.toNanos();
        try (Exporters exporters = new Exporters(subject.url(), subject.key(), entrance, IN_FLIGHT)) {
            for (int i = 0; System.nanoTime() < end; i++) {
                inFlight.acquire();
                exporters.post(requests.get(i % requests.size()), status -> {
                    inFlight.release();
                    if (status == 200) {
                        acknowledged.add(Spans.A_REQUEST);
                    } else {
                        refused.increment();
                    }
                });
            }
            inFlight.acquire(IN_FLIGHT);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (refused.sum() > 0) {
            Bench.say(refused.sum() + " requests were turned away");
        }
        return new Turn(acknowledged.sum(), seconds, subject.cpu().minus(before));
    }

    /** The highest rate of the entrance as it runs now. */
    double rate(Duration howLong) throws IOException, InterruptedException {
        return send(entrance.requests(1_500, 60), howLong).perSecond();
    }

    /** Records as the entrance wrote them, the last ones. */
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
            consumer.endOffsets(partitions).forEach((p, end) -> consumer.seek(p, Math.max(0, end - LAST)));
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

    /** Events of a raw producer, to a topic of its own. */
    private Turn produce(List<Raw> records, Duration howLong) {
        LongAdder acknowledged = new LongAdder();
        Duration before = subject.cpu().plus(Subject.cpu(ProcessHandle.current()));
        long start = System.nanoTime();
        try (KafkaProducer<byte[], byte[]> producer = subject.producer()) {
            long end = start + howLong.toNanos();
            for (int i = 0; System.nanoTime() < end; i++) {
                Raw record = records.get(i % records.size());
                producer.send(new ProducerRecord<>(rawTopic, record.key(), record.value()), (metadata, failure) -> {
                    if (failure == null) {
                        acknowledged.add(record.events());
                    }
                });
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        Duration after = subject.cpu().plus(Subject.cpu(ProcessHandle.current()));
        return new Turn(acknowledged.sum(), seconds, after.minus(before));
    }

    /** What was acknowledged in a turn, and the processor time that it took. */
    private record Turn(long events, double seconds, Duration cpu) {
        double perSecond() {
            return events / seconds;
        }
    }

    /** The turns of one sender. */
    private static final class Turns {
        private final List<Turn> turns;

        Turns(int expected) {
            this.turns = new ArrayList<>(expected);
        }

        void add(Turn turn) {
            turns.add(turn);
        }

        double[] perSecond() {
            return turns.stream().mapToDouble(Turn::perSecond).toArray();
        }

        /** The median, and each turn, for a service may still be warming up. */
        String said(String what) {
            double cpu = Ratio.median(turns.stream()
                    .mapToDouble(turn -> turn.cpu().toNanos() / 1e9 / turn.events() * 1e6)
                    .toArray());
            return String.format(
                    Locale.ROOT,
                    "%s: %,.0f events/s (%s), %.1f seconds of processor time a million",
                    what,
                    Ratio.median(perSecond()),
                    Arrays.stream(perSecond())
                            .mapToObj(rate -> String.format(Locale.ROOT, "%,.0f", rate))
                            .collect(Collectors.joining(" ")),
                    cpu);
        }
    }
}
