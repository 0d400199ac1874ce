package dev.assay.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** A way in: where requests go, and requests of 100 calls each for it. Seeded. */
enum Entrance {
    /** OTLP/HTTP, protobuf. */
    OTLP("P1", "OTLP/HTTP protobuf, 100 spans a request, acks=all", "/v1/traces", "application/x-protobuf", .35, .5) {
        @Override
        List<byte[]> requests(int n, int calls, long seed) {
            return Spans.requests(n, calls, seed);
        }
    },
    /** The REST API. */
    REST("P2", "JSON REST, 100 calls a request, acks=all", "/v1/calls", "application/json", .3, .45) {
        @Override
        List<byte[]> requests(int n, int calls, long seed) {
            return documents(n, calls, seed);
        }
    };

    private static final String[] MODELS = {"gpt-4o-mini-2024-07-18", "claude-sonnet-4-20250514", "gemini-2.5-flash"};

    final String goal;
    final String what;
    final String path;
    final String contentType;
    final double floor;
    final double target;

    Entrance(String goal, String what, String path, String contentType, double floor, double target) {
        this.goal = goal;
        this.what = what;
        this.path = path;
        this.contentType = contentType;
        this.floor = floor;
        this.target = target;
    }

    /** Requests of 100 calls each. */
    final List<byte[]> requests(int n, long seed) {
        return requests(n, Spans.A_REQUEST, seed);
    }

    /** Requests of as many calls each. */
    abstract List<byte[]> requests(int n, int calls, long seed);

    /** The same calls as {@link Spans} has, as the REST API takes them. */
    private static List<byte[]> documents(int n, int calls, long seed) {
        ObjectMapper json = new ObjectMapper();
        Random random = new Random(seed);
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        List<byte[]> requests = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            ArrayNode document = json.createArrayNode();
            for (int j = 0; j < calls; j++) {
                fill(document.addObject(), random, now, "app-" + i % 10);
            }
            try {
                requests.add(json.writeValueAsBytes(document));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return requests;
    }

    private static void fill(ObjectNode call, Random random, Instant now, String app) {
        byte[] id = new byte[24];
        random.nextBytes(id);
        String model = MODELS[random.nextInt(MODELS.length)];
        call.put("trace_id", HexFormat.of().formatHex(id, 0, 16))
                .put("span_id", HexFormat.of().formatHex(id, 16, 24))
                .put("start_time", now.minusMillis(random.nextInt(1_200_000)).toString())
                .put("duration_ms", Math.round(Math.exp(6.7 + 0.8 * random.nextGaussian())))
                .put("app", app)
                .put("provider", "openai")
                .put("request_model", model)
                .put("response_model", model)
                .put("input_tokens", random.nextInt(5_000))
                .put("output_tokens", 1 + random.nextInt(900))
                .put("response_id", "chatcmpl-" + random.nextInt(1_000_000))
                .put("user_id", "u" + random.nextInt(500));
    }
}
