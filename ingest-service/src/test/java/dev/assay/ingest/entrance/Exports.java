package dev.assay.ingest.entrance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.assay.ingest.otlp.Recording;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/** Exports to send: recorded ones, moved to the present, and small ones made here. */
final class Exports {
    static final String TRACE = "5b8efff798038103d269b633813fc60c";

    static long nanosAgo(long seconds) {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond() - seconds) + now.getNano();
    }

    static Span.Builder chat(String spanId) {
        long start = nanosAgo(30);
        return Span.newBuilder()
                .setTraceId(bytes(TRACE))
                .setSpanId(bytes(spanId))
                .setName("chat gpt-4o")
                .setStartTimeUnixNano(start)
                .setEndTimeUnixNano(start + 1_000_000_000L)
                .addAttributes(text("gen_ai.operation.name", "chat"))
                .addAttributes(text("gen_ai.request.model", "gpt-4o"))
                .addAttributes(number("gen_ai.usage.input_tokens", 25))
                .addAttributes(number("gen_ai.usage.output_tokens", 12));
    }

    static ExportTraceServiceRequest of(Span.Builder... spans) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (Span.Builder span : spans) {
            scope.addSpans(span);
        }
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
                .build();
    }

    static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    static KeyValue number(String key, long value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setIntValue(value))
                .build();
    }

    static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }

    /** A recorded export as JSON, its times moved to the present. */
    static byte[] jsonOf(String recording) throws IOException {
        JsonNode body = Entrance.MAPPER.readTree(Recording.of(recording).json());
        long move = nanosAgo(60) - earliest(body);
        move(body, move);
        return Entrance.MAPPER.writeValueAsBytes(body);
    }

    /** A recorded export as the Protobuf that it was, its times moved to the present. */
    static byte[] protobufOf(String recording) throws IOException {
        ExportTraceServiceRequest.Builder request =
                ExportTraceServiceRequest.parseFrom(Recording.of(recording).protobuf()).toBuilder();
        for (ResourceSpans.Builder resource : request.getResourceSpansBuilderList()) {
            for (ScopeSpans.Builder scope : resource.getScopeSpansBuilderList()) {
                for (Span.Builder span : scope.getSpansBuilderList()) {
                    long move = nanosAgo(60) - span.getStartTimeUnixNano();
                    span.setStartTimeUnixNano(span.getStartTimeUnixNano() + move)
                            .setEndTimeUnixNano(span.getEndTimeUnixNano() + move);
                }
            }
        }
        return request.build().toByteArray();
    }

    private static long earliest(JsonNode node) {
        long earliest = Long.MAX_VALUE;
        for (JsonNode time : node.findValues("startTimeUnixNano")) {
            earliest = Math.min(earliest, time.asLong());
        }
        for (JsonNode time : node.findValues("timeUnixNano")) {
            earliest = Math.min(earliest, time.asLong());
        }
        return earliest;
    }

    private static void move(JsonNode node, long nanos) {
        if (node instanceof ObjectNode object) {
            for (String field :
                    new String[] {"startTimeUnixNano", "endTimeUnixNano", "timeUnixNano", "observedTimeUnixNano"}) {
                if (object.has(field)) {
                    object.put(field, String.valueOf(object.get(field).asLong() + nanos));
                }
            }
        }
        node.forEach(child -> move(child, nanos));
    }

    private Exports() {}
}
