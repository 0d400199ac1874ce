package dev.assay.bench;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** OTLP requests of 100 spans each, about 350 bytes a span, every span another call of the last twenty minutes. Seeded. */
final class Spans {
    static final int A_REQUEST = 100;

    private static final String[] MODELS = {"gpt-4o-mini-2024-07-18", "claude-sonnet-4-20250514", "gemini-2.5-flash"};

    private Spans() {}

    static List<byte[]> requests(int n, long seed) {
        return requests(n, A_REQUEST, seed);
    }

    static List<byte[]> requests(int n, int spans, long seed) {
        Random random = new Random(seed);
        long now = Instant.now().getEpochSecond() * 1_000_000_000L;
        List<byte[]> requests = new ArrayList<>(n);
        for (int i = 0; i < n; i++) {
            ScopeSpans.Builder scope = ScopeSpans.newBuilder();
            for (int j = 0; j < spans; j++) {
                scope.addSpans(span(random, now));
            }
            requests.add(ExportTraceServiceRequest.newBuilder()
                    .addResourceSpans(ResourceSpans.newBuilder()
                            .setResource(Resource.newBuilder().addAttributes(text("service.name", "app-" + i % 10)))
                            .addScopeSpans(scope))
                    .build()
                    .toByteArray());
        }
        return requests;
    }

    private static Span span(Random random, long now) {
        byte[] trace = new byte[16];
        byte[] id = new byte[8];
        random.nextBytes(trace);
        random.nextBytes(id);
        String model = MODELS[random.nextInt(MODELS.length)];
        long start = now - random.nextInt(1_200_000) * 1_000_000L;
        return Span.newBuilder()
                .setTraceId(ByteString.copyFrom(trace))
                .setSpanId(ByteString.copyFrom(id))
                .setName("chat")
                .setStartTimeUnixNano(start)
                .setEndTimeUnixNano(start + (long) Math.exp(20.5 + 0.8 * random.nextGaussian()))
                .addAttributes(text("gen_ai.operation.name", "chat"))
                .addAttributes(text("gen_ai.provider.name", "openai"))
                .addAttributes(text("gen_ai.request.model", model))
                .addAttributes(text("gen_ai.response.model", model))
                .addAttributes(number("gen_ai.usage.input_tokens", random.nextInt(5_000)))
                .addAttributes(number("gen_ai.usage.output_tokens", 1 + random.nextInt(900)))
                .addAttributes(text("gen_ai.response.id", "chatcmpl-" + random.nextInt(1_000_000)))
                .addAttributes(text("user.id", "u" + random.nextInt(500)))
                .build();
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static KeyValue number(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }
}
