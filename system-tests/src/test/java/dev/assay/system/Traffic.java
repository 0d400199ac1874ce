package dev.assay.system;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Calls with known answers: two projects, several models, errors and cancels, 5 % late by hours or a day, some nested in a
 * framework span that repeats their tokens, some sent in two parts; then 10 % duplicates, shuffled. Seeded. Where the real
 * production hour is at hand, times and tokens are its own.
 */
final class Traffic {
    /** How a call reaches Assay. */
    enum Way {
        REST,
        GRPC,
        OTLP_HTTP,
        OTLP_GRPC
    }

    enum Ending {
        OK,
        SERVER_ERROR,
        RATE_LIMIT,
        CANCELLED
    }

    record Model(String provider, String name) {}

    /** What truly happened, once. Token fields are null where the sender never tells. */
    record Call(
            int number,
            String project,
            Way way,
            String eventId,
            String traceId,
            String spanId,
            Instant start,
            long durationMicros,
            Model model,
            String app,
            Long inputTokens,
            Long cacheReadTokens,
            Long outputTokens,
            Long reasoningTokens,
            Long ttftMicros,
            Ending ending,
            String user,
            boolean wrapped,
            boolean inTwoParts) {}

    /** One sending of a call: whole, or one of its parts. */
    record Sending(Call call, Part part) {}

    enum Part {
        WHOLE,
        /** Without output tokens. */
        FIRST,
        /** The framework's span around the call, with the same tokens. */
        WRAPPER
    }

    static final Model MINI = new Model("openai", "gpt-4o-mini-2024-07-18");
    static final Model SONNET = new Model("anthropic", "claude-sonnet-4-20250514");
    static final Model FLASH = new Model("gcp.gemini", "gemini-2.5-flash");
    static final Model UNKNOWN = new Model("in-house", "acme-llm-7b-private");

    private static final List<Model> MODELS = List.of(MINI, MINI, MINI, SONNET, SONNET, FLASH, UNKNOWN);
    private static final List<String> APPS = List.of("support-chat", "search-answers", "agent-flows");

    private final Random random;
    private final List<String> projects;
    private final Instant now;
    private final Optional<ProductionHour> hour = ProductionHour.given();

    Traffic(long seed, List<String> projects, Instant now) {
        this.random = new Random(seed);
        this.projects = projects;
        this.now = now.truncatedTo(ChronoUnit.MICROS);
    }

    List<Call> calls(int n) {
        List<Call> calls = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            calls.add(call(i));
        }
        return calls;
    }

    /** Everything to send for the calls, in the order to send it: shuffled, a tenth of it twice. */
    List<Sending> sendings(List<Call> calls) {
        List<Sending> sendings = new ArrayList<>();
        for (Call call : calls) {
            sendings.add(new Sending(call, Part.WHOLE));
            if (call.inTwoParts()) {
                sendings.add(new Sending(call, Part.FIRST));
            }
            if (call.wrapped()) {
                sendings.add(new Sending(call, Part.WRAPPER));
            }
        }
        int once = sendings.size();
        for (int i = 0; i < once / 10; i++) {
            sendings.add(sendings.get(random.nextInt(once)));
        }
        Collections.shuffle(sendings, random);
        return sendings;
    }

    private Call call(int number) {
        Way way = Way.values()[random.nextInt(Way.values().length)];
        boolean otlp = way == Way.OTLP_HTTP || way == Way.OTLP_GRPC;
        String trace = hex(16);
        String span = hex(8);
        long micros = (long) Math.min(90e6, Math.exp(13.5 + 0.9 * random.nextGaussian()));
        Ending ending = ending();
        Optional<ProductionHour.Arrival> real = hour.map(h -> h.at(number));
        Long input = real.map(ProductionHour.Arrival::contextTokens).orElse((long) (1 + random.nextInt(4_000)));
        Long cached = random.nextInt(3) == 0 ? Long.valueOf(random.nextInt((int) (input + 1))) : null;
        Long output = real.map(ProductionHour.Arrival::generatedTokens).orElse((long) (1 + random.nextInt(900)));
        Long reasoning = random.nextInt(4) == 0 ? Long.valueOf(random.nextInt((int) (output + 1))) : null;
        if (ending != Ending.OK || random.nextInt(20) == 0) { // usage is missing
            input = cached = output = reasoning = null;
        }
        return new Call(
                number,
                projects.get(random.nextInt(10) < 7 ? 0 : projects.size() - 1),
                way,
                otlp ? trace + ":" + span : "call-" + number + "-" + hex(4),
                trace,
                span,
                start(real),
                micros,
                MODELS.get(random.nextInt(MODELS.size())),
                APPS.get(random.nextInt(APPS.size())),
                input,
                cached,
                output,
                reasoning,
                random.nextBoolean() ? Math.max(1, micros / 4) : null,
                ending,
                "user-" + random.nextInt(200),
                otlp && ending == Ending.OK && input != null && random.nextInt(15) == 0,
                !otlp && ending == Ending.OK && output != null && random.nextInt(12) == 0);
    }

    private Ending ending() {
        int draw = random.nextInt(100);
        return draw < 3 ? Ending.SERVER_ERROR : draw < 5 ? Ending.RATE_LIMIT : draw < 7 ? Ending.CANCELLED : Ending.OK;
    }

    private Instant start(Optional<ProductionHour.Arrival> real) {
        int draw = random.nextInt(100);
        Duration ago = draw < 95
                ? real.map(arrival -> Duration.ofHours(1).minus(arrival.after()))
                        .orElse(Duration.ofMillis(random.nextInt(20 * 60_000)))
                : draw < 98
                        ? Duration.ofMinutes(120 + random.nextInt(600))
                        : Duration.ofHours(24).plusSeconds(random.nextInt(3_600));
        return now.minus(ago).minusMillis(100_000).truncatedTo(ChronoUnit.MICROS);
    }

    private String hex(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        value[0] |= 1; // never all zero
        return java.util.HexFormat.of().formatHex(value);
    }
}
