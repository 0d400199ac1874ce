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

/** Decodes {@code ExportTraceServiceRequest} from OTLP's JSON. Fields may come in any order; unknown ones are skipped. */
public final class JsonTraces {
    private static final int MAX_EVENTS = 1_000;

    private final JsonReading json;
    private final List<ScopedSpans> found = new ArrayList<>();
    private int count;

    private JsonTraces(JsonReading json) {
        this.json = json;
    }

    /**
     * The spans of a request.
     *
     * @throws TooManyRecords if there are too many of them
     * @throws IOException if the text is no such message
     */
    public static List<ScopedSpans> decode(byte[] body, int from, int length) throws IOException {
        JsonTraces traces = new JsonTraces(new JsonReading(body, from, length));
        traces.json.document(name -> {
            if (name.equals("resourceSpans")) {
                traces.json.array(traces::resourceSpans);
            } else {
                traces.json.skip();
            }
        });
        return traces.found;
    }

    private void resourceSpans() throws IOException {
        Attributes attributes = new Attributes();
        TelemetryResource resource = new TelemetryResource(attributes);
        json.object(name -> {
            switch (name) {
                case "resource" -> json.resource(attributes);
                case "scopeSpans" -> json.array(() -> scopeSpans(resource));
                default -> json.skip();
            }
        });
    }

    private void scopeSpans(TelemetryResource resource) throws IOException {
        TelemetryScope[] scope = {TelemetryScope.UNNAMED};
        List<TelemetrySpan> spans = new ArrayList<>();
        json.object(name -> {
            switch (name) {
                case "scope" -> scope[0] = json.scope();
                case "spans" -> json.array(() -> spans.add(span()));
                default -> json.skip();
            }
        });
        if (!spans.isEmpty()) {
            found.add(new ScopedSpans(resource, scope[0], spans));
        }
    }

    private static final class Draft {
        private @Nullable String traceId;
        private @Nullable String spanId;
        private @Nullable String parentSpanId;
        private String name = "";
        private long start;
        private long end;
        private int statusCode;
        private String statusMessage = "";
        private final Attributes attributes = new Attributes();
        private final List<TelemetryEvent> events = new ArrayList<>(0);
    }

    private TelemetrySpan span() throws IOException {
        if (++count > TooManyRecords.LIMIT) {
            throw new TooManyRecords();
        }
        Draft span = new Draft();
        json.object(name -> {
            switch (name) {
                case "traceId" -> span.traceId = TraceIds.required(json.id(TraceIds.TRACE_BYTES));
                case "spanId" -> span.spanId = TraceIds.required(json.id(TraceIds.SPAN_BYTES));
                case "parentSpanId" -> span.parentSpanId = json.id(TraceIds.SPAN_BYTES);
                case "name" -> span.name = json.text();
                case "startTimeUnixNano" -> span.start = json.number();
                case "endTimeUnixNano" -> span.end = json.number();
                case "attributes" -> json.attributes(span.attributes);
                case "events" -> json.array(() -> event(span.events));
                case "status" -> json.object(field -> status(span, field));
                default -> json.skip();
            }
        });
        return new TelemetrySpan(
                span.traceId,
                span.spanId,
                span.parentSpanId == null ? "" : span.parentSpanId,
                span.name,
                span.start,
                span.end,
                span.statusCode,
                span.statusMessage,
                span.attributes,
                span.events);
    }

    private void status(Draft span, String field) throws IOException {
        switch (field) {
            case "message" -> span.statusMessage = json.text();
            case "code" -> span.statusCode = statusCode(json.text());
            default -> json.skip();
        }
    }

    /** The number that the specification wants, or the name that some senders write. */
    private static int statusCode(String code) {
        return switch (code) {
            case "1", "STATUS_CODE_OK" -> 1;
            case "2", "STATUS_CODE_ERROR" -> 2;
            default -> 0;
        };
    }

    private void event(List<TelemetryEvent> events) throws IOException {
        String[] eventName = {""};
        long[] time = {0};
        Attributes attributes = new Attributes();
        json.object(name -> {
            switch (name) {
                case "name" -> eventName[0] = json.text();
                case "timeUnixNano" -> time[0] = json.number();
                case "attributes" -> json.attributes(attributes);
                default -> json.skip();
            }
        });
        if (events.size() < MAX_EVENTS) {
            events.add(new TelemetryEvent(eventName[0], time[0], attributes));
        }
    }
}
