package dev.assay.ingest.otlp;

import dev.assay.ingest.domain.mapping.Attributes;
import dev.assay.ingest.domain.mapping.TelemetryEvent;
import dev.assay.ingest.domain.mapping.TelemetryResource;
import dev.assay.ingest.domain.mapping.TelemetryScope;
import dev.assay.ingest.domain.mapping.TelemetrySpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes {@code ExportTraceServiceRequest} from Protobuf. Unknown fields are skipped. */
public final class ProtobufTraces {
    private static final int MAX_EVENTS = 1_000;

    private final ProtobufValues values;
    private final List<ScopedSpans> found = new ArrayList<>();
    private int count;

    private ProtobufTraces(ProtobufValues values) {
        this.values = values;
    }

    /**
     * The spans of a request.
     *
     * @throws TooManyRecords if there are too many of them
     * @throws IOException if the bytes are no such message
     */
    public static List<ScopedSpans> decode(byte[] body, int from, int length) throws IOException {
        ProtobufTraces traces = new ProtobufTraces(new ProtobufValues(body, from, length));
        traces.request();
        return traces.found;
    }

    private void request() throws IOException {
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            if (tag == 10) {
                resourceSpans();
            } else {
                values.skip(tag);
            }
        }
    }

    private void resourceSpans() throws IOException {
        int limit = values.enter();
        Attributes attributes = new Attributes();
        TelemetryResource resource = new TelemetryResource(attributes);
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            switch (tag) {
                case 10 -> ProtobufScopes.resource(values, attributes);
                case 18 -> scopeSpans(resource);
                default -> values.skip(tag);
            }
        }
        values.leave(limit);
    }

    private void scopeSpans(TelemetryResource resource) throws IOException {
        int limit = values.enter();
        TelemetryScope scope = TelemetryScope.UNNAMED;
        List<TelemetrySpan> spans = new ArrayList<>();
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            switch (tag) {
                case 10 -> scope = ProtobufScopes.scope(values);
                case 18 -> spans.add(span());
                default -> values.skip(tag);
            }
        }
        values.leave(limit);
        if (!spans.isEmpty()) {
            found.add(new ScopedSpans(resource, scope, spans));
        }
    }

    private TelemetrySpan span() throws IOException {
        if (++count > TooManyRecords.LIMIT) {
            throw new TooManyRecords();
        }
        int limit = values.enter();
        String traceId = null;
        String spanId = null;
        String parentSpanId = "";
        String name = "";
        long start = 0;
        long end = 0;
        int statusCode = 0;
        String statusMessage = "";
        Attributes attributes = Attributes.NONE;
        List<TelemetryEvent> events = List.of();
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            switch (tag) {
                case 10 -> traceId = TraceIds.required(values.id(TraceIds.TRACE_BYTES));
                case 18 -> spanId = TraceIds.required(values.id(TraceIds.SPAN_BYTES));
                case 34 -> parentSpanId = orEmpty(values.id(TraceIds.SPAN_BYTES));
                case 42 -> name = values.text();
                case 57 -> start = values.in.readFixed64();
                case 65 -> end = values.in.readFixed64();
                case 74 -> {
                    attributes = attributes == Attributes.NONE ? new Attributes() : attributes;
                    values.attribute(attributes);
                }
                case 90 -> {
                    events = events.isEmpty() ? new ArrayList<>() : events;
                    event(events);
                }
                case 122 -> {
                    int statusLimit = values.enter();
                    for (int inner = values.in.readTag(); inner != 0; inner = values.in.readTag()) {
                        switch (inner) {
                            case 18 -> statusMessage = values.text();
                            case 24 -> statusCode = values.in.readInt32();
                            default -> values.skip(inner);
                        }
                    }
                    values.leave(statusLimit);
                }
                default -> values.skip(tag);
            }
        }
        values.leave(limit);
        return new TelemetrySpan(
                traceId, spanId, parentSpanId, name, start, end, statusCode, statusMessage, attributes, events);
    }

    private void event(List<TelemetryEvent> events) throws IOException {
        int limit = values.enter();
        String name = "";
        long time = 0;
        Attributes attributes = Attributes.NONE;
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            switch (tag) {
                case 9 -> time = values.in.readFixed64();
                case 18 -> name = values.text();
                case 26 -> {
                    attributes = attributes == Attributes.NONE ? new Attributes() : attributes;
                    values.attribute(attributes);
                }
                default -> values.skip(tag);
            }
        }
        values.leave(limit);
        if (events.size() < MAX_EVENTS) {
            events.add(new TelemetryEvent(name, time, attributes));
        }
    }

    private static String orEmpty(@Nullable String id) {
        return id == null ? "" : id;
    }
}
