package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.json.JsonValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A span being written in a test: names and values in, the call out. */
final class Span {
    static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    static final String SPAN_ID = "b7ad6b7169203331";
    static final long START = 1_795_545_595_000_000_000L;

    private final Attributes attributes = new Attributes();
    private final Attributes resource = new Attributes();
    private final List<TelemetryEvent> events = new ArrayList<>();
    private String name = "chat";
    private String scope = "";
    private long durationNanos = 1_000_000_000L;
    private int statusCode;
    private String statusMessage = "";

    static Span named(String name) {
        Span span = new Span();
        span.name = name;
        return span;
    }

    /** A chat call in today's conventions. */
    static Span chat() {
        return named("chat gpt-4o").with("gen_ai.operation.name", "chat").with("gen_ai.request.model", "gpt-4o");
    }

    Span with(String key, Object value) {
        attributes.put(key, value);
        return this;
    }

    Span resource(String key, Object value) {
        resource.put(key, value);
        return this;
    }

    Span scope(String scope) {
        this.scope = scope;
        return this;
    }

    Span lasting(long nanos) {
        this.durationNanos = nanos;
        return this;
    }

    Span status(int code, String message) {
        this.statusCode = code;
        this.statusMessage = message;
        return this;
    }

    Span event(String eventName, long afterNanos, Map<String, Object> fields) {
        Attributes attributesOfEvent = new Attributes();
        fields.forEach(attributesOfEvent::put);
        events.add(new TelemetryEvent(eventName, START + afterNanos, attributesOfEvent));
        return this;
    }

    TelemetrySpan span() {
        return new TelemetrySpan(
                TRACE_ID,
                SPAN_ID,
                "",
                name,
                START,
                START + durationNanos,
                statusCode,
                statusMessage,
                attributes,
                events);
    }

    Mapped map() {
        return new SpanMapper(new JsonValues())
                .map(new TelemetryResource(resource), new TelemetryScope(scope, "1"), span());
    }

    Call call() {
        return ((Mapped.Kept) map()).call().build();
    }
}
