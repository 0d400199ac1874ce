package dev.assay.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Makes a recorded trace anew: other ids, times, models, users, texts, as a {@link Variation} says. */
final class Replay {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Variation variation;
    private final AttributeRewriter attributes;
    private final Map<String, String> spanIds = new HashMap<>();
    private final SplittableRandom ids;
    private final long recordedStart;

    Replay(Variation variation) {
        this.variation = variation;
        this.ids = new SplittableRandom(variation.idSeed());
        this.recordedStart = variation.trace().startNanos();
        this.attributes = new AttributeRewriter(variation, this::restamped);
    }

    /** The trace as one element of {@code resourceSpans}. */
    ObjectNode resourceSpans() {
        ObjectNode result = JSON.objectNode();
        result.set("resource", resource());
        Map<String, ArrayNode> byScope = new HashMap<>();
        ArrayNode scopes = result.putArray("scopeSpans");
        for (RecordedTrace.RecordedSpan recorded : variation.trace().spans()) {
            if (isLeftOut(recorded)) {
                continue;
            }
            byScope.computeIfAbsent(recorded.scope().toString(), key -> {
                        ObjectNode scope = scopes.addObject();
                        scope.set("scope", recorded.scope());
                        return scope.putArray("spans");
                    })
                    .add(span(recorded.span()));
        }
        return result;
    }

    /** When the replayed trace ends. */
    Instant end() {
        return variation.trace().spans().stream()
                .map(span -> instant(stretched(span.endNanos())))
                .max(Instant::compareTo)
                .orElseThrow();
    }

    /** A refused step within a longer recording is kept now and then; a refused request always. */
    private boolean isLeftOut(RecordedTrace.RecordedSpan recorded) {
        return recorded.failed() && !variation.trace().isFailure() && !variation.keepFailedSteps();
    }

    private ObjectNode resource() {
        ObjectNode resource = variation.trace().resource().deepCopy();
        ArrayNode kept = JSON.arrayNode();
        Set<String> replaced = Set.of("service.name", "deployment.environment.name", "deployment.environment");
        resource.path("attributes").forEach(attribute -> {
            if (!replaced.contains(attribute.path("key").asText())) {
                kept.add(attribute);
            }
        });
        kept.add(text("service.name", variation.app().id()));
        kept.add(text("deployment.environment.name", variation.environment()));
        resource.set("attributes", kept);
        return resource;
    }

    private ObjectNode span(JsonNode recorded) {
        ObjectNode span = recorded.deepCopy();
        span.put("traceId", variation.traceId());
        span.put("spanId", spanId(recorded.path("spanId").asText()));
        String parent = recorded.path("parentSpanId").asText();
        if (parent.isEmpty()) {
            span.remove("parentSpanId");
        } else {
            span.put("parentSpanId", spanId(parent));
        }
        span.put("name", attributes.rewritten(recorded.path("name").asText()));
        span.put(
                "startTimeUnixNano",
                String.valueOf(stretched(recorded.path("startTimeUnixNano").asLong())));
        span.put(
                "endTimeUnixNano",
                String.valueOf(stretched(recorded.path("endTimeUnixNano").asLong())));
        span.set("attributes", attributes.rewritten(recorded.path("attributes")));
        span.set("events", events(recorded.path("events")));
        span.remove("links");
        return span;
    }

    private ArrayNode events(JsonNode recorded) {
        ArrayNode events = JSON.arrayNode();
        for (JsonNode event : recorded) {
            ObjectNode copy = event.deepCopy();
            copy.put(
                    "timeUnixNano",
                    String.valueOf(stretched(event.path("timeUnixNano").asLong())));
            copy.set("attributes", attributes.rewritten(event.path("attributes")));
            events.add(copy);
        }
        return events;
    }

    private String spanId(String recorded) {
        return spanIds.computeIfAbsent(recorded, id -> Variation.hex(ids.nextLong()));
    }

    private Instant restamped(Instant recorded) {
        return instant(stretched(recorded.getEpochSecond() * SECOND_NANOS + recorded.getNano()));
    }

    private long stretched(long recordedNanos) {
        Instant start = variation.start();
        return start.getEpochSecond() * SECOND_NANOS
                + start.getNano()
                + Math.round((recordedNanos - recordedStart) * variation.timeFactor());
    }

    private static Instant instant(long nanos) {
        return Instant.ofEpochSecond(nanos / SECOND_NANOS, nanos % SECOND_NANOS);
    }

    private static ObjectNode text(String key, String value) {
        ObjectNode attribute = JSON.objectNode().put("key", key);
        attribute.putObject("value").put("stringValue", value);
        return attribute;
    }
}
