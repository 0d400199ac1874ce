package dev.assay.localstack.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * Fills the project {@code demo} of a running installation: recorded traces of real SDKs, each replayed many times over
 * the last days, over OTLP, then what the users said, over REST.
 */
public final class Demo {
    private static final Duration REACH = Duration.ofDays(29);
    private static final int TRACES_PER_REQUEST = 40;
    private static final int VOICES_PER_REQUEST = 500;
    private static final Duration SETTLE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofSeconds(1);

    private final DemoClient ingest;
    private final PrintStream out;
    private final boolean live;
    private final Recordings recordings = Recordings.load();
    private final Texts texts = Texts.load();

    private Demo(DemoClient ingest, PrintStream out, boolean live) throws IOException {
        this.ingest = ingest;
        this.out = out;
        this.live = live;
    }

    /**
     * Replays up to now.
     *
     * @param ingestUrl ingest's address
     * @param adminKey the built-in key
     * @param keyFile where the demo project's own key is kept
     * @param live whether {@code out} is a terminal, so that progress can be shown in place
     */
    public static void run(String ingestUrl, String adminKey, Path keyFile, PrintStream out, boolean live)
            throws IOException {
        String key = new DemoProject(new DemoClient(ingestUrl, adminKey), keyFile).key();
        new Demo(new DemoClient(ingestUrl, key), out, live).replay(Instant.now());
    }

    private void replay(Instant now) throws IOException {
        List<Variation> variations = Schedule.until(now, REACH).stream()
                .map(moment -> Variation.of(moment, recordings, texts))
                .filter(variation -> new Replay(variation).end().isBefore(now))
                .toList();
        out.println("Replaying " + number(variations.size()) + " recorded traces over the last " + REACH.toDays()
                + " days into the project " + DemoProject.ID);
        int spans = sendTraces(variations);
        ArrayNode feedback = JsonNodeFactory.instance.arrayNode();
        ArrayNode outcomes = JsonNodeFactory.instance.arrayNode();
        for (Variation variation : variations) {
            Voices.feedback(variation, feedback);
            Voices.outcome(variation, now, outcomes);
        }
        sendAll("/v1/feedback", feedback, "pieces of feedback");
        sendAll("/v1/outcomes", outcomes, "outcomes of tasks");
        long calls = awaitCalls();
        out.println("  " + number(calls) + " calls are in (of " + number(spans)
                + " spans: wrappers are not counted again)");
    }

    private int sendTraces(List<Variation> variations) throws IOException {
        int spans = 0;
        for (int from = 0; from < variations.size(); from += TRACES_PER_REQUEST) {
            int to = Math.min(variations.size(), from + TRACES_PER_REQUEST);
            ObjectNode request = JsonNodeFactory.instance.objectNode();
            ArrayNode resourceSpans = request.putArray("resourceSpans");
            for (Variation variation : variations.subList(from, to)) {
                ObjectNode trace = new Replay(variation).resourceSpans();
                for (var scope : trace.path("scopeSpans")) {
                    spans += scope.path("spans").size();
                }
                resourceSpans.add(trace);
            }
            require("/v1/traces", ingest.post("/v1/traces", request));
            progress(number(to) + " of " + number(variations.size()) + " traces sent");
        }
        finish(number(variations.size()) + " traces, " + number(spans) + " spans sent");
        return spans;
    }

    private void sendAll(String path, ArrayNode items, String what) throws IOException {
        for (int from = 0; from < items.size(); from += VOICES_PER_REQUEST) {
            ArrayNode request = JsonNodeFactory.instance.arrayNode();
            for (int i = from; i < Math.min(items.size(), from + VOICES_PER_REQUEST); i++) {
                request.add(items.get(i));
            }
            require(path, ingest.post(path, request));
        }
        finish(number(items.size()) + " " + what + " sent");
    }

    /** Waits until the number of calls no longer grows, and returns it. */
    private long awaitCalls() throws IOException {
        long deadline = System.nanoTime() + SETTLE.toNanos();
        long before = -1;
        long calls = calls();
        while ((calls == 0 || calls != before) && System.nanoTime() < deadline) {
            pause();
            before = calls;
            calls = calls();
            progress(number(calls) + " calls counted");
        }
        clear();
        return calls;
    }

    private long calls() throws IOException {
        return ingest.get("/v1/kpis/operations?from=now-" + REACH.plusDays(1).toDays() + "d")
                .body()
                .path("groups")
                .path(0)
                .path("kpis")
                .path("calls")
                .path("value")
                .asLong();
    }

    private static void require(String path, DemoClient.Answer answer) throws IOException {
        if (!answer.isSuccess()) {
            throw new IOException("ingest answered " + answer.status() + " to " + path + ": " + answer.body());
        }
    }

    private void progress(String text) {
        if (live) {
            out.print("\r\033[K  " + text);
            out.flush();
        }
    }

    private void finish(String text) {
        clear();
        out.println("  " + text);
    }

    private void clear() {
        if (live) {
            out.print("\r\033[K");
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting", e);
        }
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
