package dev.assay.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * P13: the 99th percentile of the time from sending a call until the operations API counts it, while half of what the ledger can work
 * off comes in; and P19: the 99th percentile of a read while 80 % of it comes in, against the same read when nothing does.
 */
final class FreshnessBench {
    private static final Duration TURN = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int READS = 200;

    private final Subject subject;
    private final double ledgerRate;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Random random = new Random(13);

    /**
     * For a service whose ledger works off what comes in.
     *
     * @param ledgerRate events a second that entrance and ledger together can take
     */
    FreshnessBench(Subject subject, double ledgerRate) {
        this.subject = subject;
        this.ledgerRate = ledgerRate;
    }

    Ratio freshness() throws Exception {
        double[] seconds = new double[3];
        for (int turn = 0; turn < seconds.length; turn++) {
            Bench.say("P13: turn " + (turn + 1) + " of " + seconds.length);
            seconds[turn] = during(ledgerRate / 2, this::sightings) / 1e3;
        }
        double[] one = {1, 1, 1};
        return new Ratio("P13", "send to visible, p99 at half load", "s", seconds, one, 10, 3, true);
    }

    Ratio reads() throws Exception {
        double[] loaded = new double[3];
        double[] idle = new double[3];
        readings();
        for (int turn = 0; turn < loaded.length; turn++) {
            Bench.say("P19: turn " + (turn + 1) + " of " + loaded.length);
            idle[turn] = readings();
            loaded[turn] = during(0.8 * ledgerRate, this::readings);
        }
        return new Ratio("P19", "read p99 while ingest runs at 80 %, against idle", "ms", loaded, idle, 5, 2, true);
    }

    private interface Measurement {
        double measure() throws Exception;
    }

    /** Takes a measurement while so many events a second come in. */
    private double during(double perSecond, Measurement measurement) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread load = new Thread(() -> load(perSecond, over), "load");
        load.start();
        try {
            return measurement.measure();
        } finally {
            over.set(true);
            load.join();
        }
    }

    private void load(double perSecond, AtomicBoolean over) {
        try (Exporters exporters = new Exporters(subject.url(), subject.key(), Entrance.OTLP, 32)) {
            var requests = Entrance.OTLP.requests(1_500, random.nextInt());
            long gap = (long) (1e9 * Spans.A_REQUEST / perSecond);
            long due = System.nanoTime();
            for (int i = 0; !over.get(); i++, due += gap) {
                for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                    LockSupport.parkNanos(wait);
                }
                exporters.post(requests.get(i % requests.size()), status -> {
                    if (status != 200) {
                        Bench.say("a request of the load was answered with " + status);
                    }
                });
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Milliseconds from sending to seeing, at the 99th percentile. */
    private double sightings() throws Exception {
        int n = 0;
        long[] nanos = new long[10_000];
        long end = System.nanoTime() + TURN.toNanos();
        while (System.nanoTime() < end) {
            String app = "marker-" + Long.toHexString(random.nextLong());
            long sent = System.nanoTime();
            post("{\"app\":\"" + app + "\",\"request_model\":\"marker\",\"start_time\":\"" + Instant.now()
                    + "\",\"duration_ms\":5}");
            while (calls(app) == 0) {
                if (System.nanoTime() - sent > LONGEST.toNanos()) {
                    throw new IllegalStateException("a call was not to be seen within " + LONGEST);
                }
                LockSupport.parkNanos(10_000_000);
            }
            nanos[n++] = System.nanoTime() - sent;
        }
        Bench.say(String.format(Locale.ROOT, "P13: %d calls, median %.0f ms", n, percentile(nanos, n, 0.5)));
        return percentile(nanos, n, 0.99);
    }

    /** Milliseconds of a read of the last hour by app, at the 99th percentile. */
    private double readings() throws Exception {
        long[] nanos = new long[READS];
        for (int i = 0; i < READS; i++) {
            long start = System.nanoTime();
            get("/v1/kpis/operations?from=now-1h&to=now&group_by=app");
            nanos[i] = System.nanoTime() - start;
            LockSupport.parkNanos(50_000_000);
        }
        return percentile(nanos, READS, 0.99);
    }

    private static double percentile(long[] nanos, int n, double q) {
        long[] sorted = Arrays.copyOf(nanos, n);
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(q * n) - 1] / 1e6;
    }

    private int calls(String app) throws IOException, InterruptedException {
        String answer = get("/v1/kpis/operations?from=now-10m&to=now&app=" + app);
        int at = answer.indexOf("\"calls\":{\"value\":");
        return at < 0 ? 0 : answer.charAt(at + "\"calls\":{\"value\":".length()) - '0';
    }

    private String get(String path) throws IOException, InterruptedException {
        return answer(request(path).GET().build());
    }

    private void post(String call) throws IOException, InterruptedException {
        answer(request("/v1/calls")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(call, StandardCharsets.UTF_8))
                .build());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(subject.url() + path))
                .header("Authorization", "Bearer " + subject.key());
    }

    private String answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }
}
