package dev.assay.bench;

import dev.assay.contracts.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * P20: heap that ingest-service keeps for each further series, after garbage collection: from 1,000 to 80,000 series of
 * one project, whose limit is raised to its highest for this.
 */
final class CardinalityBench {
    private static final int FEW = 1_000;
    private static final int MANY = 80_000;
    private static final int HIGHEST_LIMIT = 100_000;
    private static final int MODELS = 100;
    private static final double MOST_BYTES = 1_500;
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Pattern USED = Pattern.compile("total (\\d+)K, used (\\d+)K|total used (\\d+)K");
    private static final String SERIES = "select count(*) from ingest.series";

    private final Subject subject;

    CardinalityBench(Subject subject) {
        this.subject = subject;
    }

    Ratio measure() throws Exception {
        subject.startWithRoomForSeries(HIGHEST_LIMIT);
        long before = subject.one(SERIES);
        send(0, FEW);
        awaitSeries(before + FEW);
        long few = usedBytes();
        send(FEW, MANY);
        awaitSeries(before + MANY);
        long many = usedBytes();
        double each = (many - few) / (double) (MANY - FEW);
        Bench.say(String.format(
                Locale.ROOT,
                "P20: %,d KiB with %,d series, %,d KiB with %,d",
                few / 1024,
                before + FEW,
                many / 1024,
                before + MANY));
        return new Ratio(
                "P20",
                "heap of a further series, from 1,000 to 80,000",
                "bytes",
                new double[] {each},
                new double[] {MOST_BYTES},
                2,
                1,
                true);
    }

    private void send(int from, int to) throws IOException, InterruptedException {
        LinkedBlockingQueue<Integer> answers = new LinkedBlockingQueue<>();
        int sent = 0;
        try (Exporters exporters = new Exporters(subject.url(), subject.key(), Entrance.REST, 4)) {
            for (int i = from; i < to; i += Spans.A_REQUEST) {
                exporters.post(calls(i, Math.min(to, i + Spans.A_REQUEST)), answers::add);
                if (++sent - answers.size() >= 4) {
                    awaitAnswers(answers, sent - 3);
                }
            }
            awaitAnswers(answers, sent);
        }
        if (answers.stream().anyMatch(status -> status != 202 && status != 200)) {
            throw new IllegalStateException("not every request was taken: " + List.copyOf(answers));
        }
    }

    private static void awaitAnswers(LinkedBlockingQueue<Integer> answers, int n) {
        while (answers.size() < n) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static byte[] calls(int from, int to) {
        StringBuilder calls = new StringBuilder("[");
        for (int i = from; i < to; i++) {
            calls.append(i == from ? "" : ",")
                    .append("{\"app\":\"series-app-")
                    .append(i / MODELS)
                    .append("\",\"response_model\":\"model-")
                    .append(i % MODELS)
                    .append("\",\"start_time\":\"")
                    .append(Instant.now())
                    .append("\",\"duration_ms\":")
                    .append(100 + i % 900)
                    .append('}');
        }
        return calls.append(']').toString().getBytes(StandardCharsets.UTF_8);
    }

    private void awaitSeries(long n) throws Exception {
        long giveUp = System.nanoTime() + LONGEST.toNanos();
        while (subject.one(SERIES) < n) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException(
                        "only " + subject.one(SERIES) + " of " + n + " series of " + Topics.EVENTS + " were kept");
            }
            LockSupport.parkNanos(200_000_000);
        }
    }

    /** Heap in use after a full collection. */
    private long usedBytes() throws IOException, InterruptedException {
        String pid = String.valueOf(subject.ingestPid());
        jcmd(pid, "GC.run");
        jcmd(pid, "GC.run");
        long kibibytes = 0;
        Matcher space = USED.matcher(jcmd(pid, "GC.heap_info").replaceAll("(?s)Metaspace.*", ""));
        while (space.find()) {
            kibibytes += Long.parseLong(space.group(2) != null ? space.group(2) : space.group(3));
        }
        if (kibibytes == 0) {
            throw new IllegalStateException("jcmd did not tell the heap's use");
        }
        return kibibytes * 1024;
    }

    private static String jcmd(String pid, String command) throws IOException, InterruptedException {
        String program = System.getProperty("java.home") + "/bin/jcmd";
        Process process = new ProcessBuilder(program, pid, command)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("jcmd " + command + ": " + output);
        }
        return output;
    }
}
