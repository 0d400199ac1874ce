package dev.assay.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * P4: the 99th percentile of the entrance's answer at half its highest rate, open loop, against a raw producer's
 * acknowledgement of the same bytes at the same moments. Both are measured from the moment at which the request was due,
 * so that waiting behind a slow one counts.
 */
final class LatencyBench {
    private static final Duration TURN = Duration.ofSeconds(20);
    private static final String TOPIC = "bench.latency";
    private static final int EXPORTERS = 128;

    private final Subject subject;
    private final int turns;
    private final @Nullable Path data;

    LatencyBench(Subject subject, int turns, @Nullable Path data) {
        this.subject = subject;
        this.turns = turns;
        this.data = data;
    }

    /** Measures at half of {@code highest} spans a second. */
    Ratio measure(double highest) throws Exception {
        long[] due = Arrivals.over(TURN, highest / 2 / Spans.A_REQUEST, data);
        subject.createTopic(TOPIC);
        double[] ours = new double[turns];
        double[] raw = new double[turns];
        for (int turn = 0; turn < turns; turn++) {
            Bench.say("P4: turn " + (turn + 1) + " of " + turns);
            List<byte[]> requests = Spans.requests(Math.min(due.length, 1_500), 400 + turn);
            ours[turn] = entrance(requests, due);
            raw[turn] = producer(requests, due);
        }
        Bench.say(String.format(
                Locale.ROOT,
                "P4: %,.0f spans/s, %s",
                highest / 2,
                data == null ? "Poisson arrivals" : "the gaps of a production hour"));
        return new Ratio("P4", "OTLP/HTTP p99 at half the highest rate, open loop", "ms", ours, raw, 5, 3, true);
    }

    private interface Send {
        void send(byte[] request, java.util.function.Consumer<Boolean> done);
    }

    private double entrance(List<byte[]> requests, long[] due) throws IOException {
        try (Exporters exporters = new Exporters(subject.url(), subject.key(), Entrance.OTLP, EXPORTERS)) {
            return p99(requests, due, (request, done) -> exporters.post(request, status -> done.accept(status == 200)));
        }
    }

    private double producer(List<byte[]> requests, long[] due) throws IOException {
        try (KafkaProducer<byte[], byte[]> producer = subject.producer()) {
            return p99(
                    requests,
                    due,
                    (request, done) -> producer.send(
                            new ProducerRecord<>(TOPIC, request), (metadata, failure) -> done.accept(failure == null)));
        }
    }

    private static double p99(List<byte[]> requests, long[] due, Send send) {
        ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
        LongAdder failed = new LongAdder();
        Phaser open = new Phaser(1);
        long start = System.nanoTime();
        for (int i = 0; i < due.length; i++) {
            long at = start + due[i];
            for (long wait = at - System.nanoTime(); wait > 0; wait = at - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            open.register();
            send.send(requests.get(i % requests.size()), good -> {
                if (good) {
                    nanos.add(System.nanoTime() - at);
                } else {
                    failed.increment();
                }
                open.arriveAndDeregister();
            });
        }
        open.arriveAndAwaitAdvance();
        if (failed.sum() > 0) {
            Bench.say("P4: " + failed.sum() + " of " + due.length + " were turned away");
        }
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[(int) Math.ceil(0.99 * sorted.length) - 1] / 1e6;
    }
}
