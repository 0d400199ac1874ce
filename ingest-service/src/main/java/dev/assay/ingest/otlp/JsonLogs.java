package dev.assay.ingest.otlp;

import dev.assay.ingest.domain.mapping.Attributes;
import dev.assay.ingest.domain.mapping.TelemetryLog;
import dev.assay.ingest.domain.mapping.TelemetryResource;
import dev.assay.ingest.domain.mapping.TelemetryScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decodes {@code ExportLogsServiceRequest} from OTLP's JSON. Fields may come in any order; unknown ones are skipped. */
public final class JsonLogs {
    private final JsonReading json;
    private final List<ScopedLogs> found = new ArrayList<>();
    private int count;

    private JsonLogs(JsonReading json) {
        this.json = json;
    }

    /**
     * The log records of a request.
     *
     * @throws TooManyRecords if there are too many of them
     * @throws IOException if the text is no such message
     */
    public static List<ScopedLogs> decode(byte[] body, int from, int length) throws IOException {
        JsonLogs logs = new JsonLogs(new JsonReading(body, from, length));
        logs.json.document(name -> {
            if (name.equals("resourceLogs")) {
                logs.json.array(logs::resourceLogs);
            } else {
                logs.json.skip();
            }
        });
        return logs.found;
    }

    private void resourceLogs() throws IOException {
        Attributes attributes = new Attributes();
        TelemetryResource resource = new TelemetryResource(attributes);
        json.object(name -> {
            switch (name) {
                case "resource" -> json.resource(attributes);
                case "scopeLogs" -> json.array(() -> scopeLogs(resource));
                default -> json.skip();
            }
        });
    }

    private void scopeLogs(TelemetryResource resource) throws IOException {
        TelemetryScope[] scope = {TelemetryScope.UNNAMED};
        List<TelemetryLog> logs = new ArrayList<>();
        json.object(name -> {
            switch (name) {
                case "scope" -> scope[0] = json.scope();
                case "logRecords" -> json.array(() -> logs.add(log()));
                default -> json.skip();
            }
        });
        if (!logs.isEmpty()) {
            found.add(new ScopedLogs(resource, scope[0], logs));
        }
    }

    private static final class Draft {
        private @Nullable String traceId = "";
        private @Nullable String spanId = "";
        private String eventName = "";
        private long time;
        private long observed;
        private @Nullable Object body;
        private final Attributes attributes = new Attributes();
    }

    private TelemetryLog log() throws IOException {
        if (++count > TooManyRecords.LIMIT) {
            throw new TooManyRecords();
        }
        Draft log = new Draft();
        json.object(name -> {
            switch (name) {
                case "traceId" -> log.traceId = json.id(TraceIds.TRACE_BYTES);
                case "spanId" -> log.spanId = json.id(TraceIds.SPAN_BYTES);
                case "eventName" -> log.eventName = json.text();
                case "timeUnixNano" -> log.time = json.number();
                case "observedTimeUnixNano" -> log.observed = json.number();
                case "body" -> log.body = json.anyValue();
                case "attributes" -> json.attributes(log.attributes);
                default -> json.skip();
            }
        });
        return new TelemetryLog(
                log.eventName,
                log.traceId,
                log.spanId,
                log.time != 0 ? log.time : log.observed,
                log.body,
                log.attributes);
    }
}
