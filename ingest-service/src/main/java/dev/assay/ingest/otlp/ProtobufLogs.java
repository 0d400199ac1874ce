package dev.assay.ingest.otlp;

import dev.assay.ingest.domain.mapping.Attributes;
import dev.assay.ingest.domain.mapping.TelemetryLog;
import dev.assay.ingest.domain.mapping.TelemetryResource;
import dev.assay.ingest.domain.mapping.TelemetryScope;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Decodes {@code ExportLogsServiceRequest} from Protobuf. Unknown fields are skipped. */
public final class ProtobufLogs {
    private final ProtobufValues values;
    private final List<ScopedLogs> found = new ArrayList<>();
    private int count;

    private ProtobufLogs(ProtobufValues values) {
        this.values = values;
    }

    /**
     * The log records of a request.
     *
     * @throws TooManyRecords if there are too many of them
     * @throws IOException if the bytes are no such message
     */
    public static List<ScopedLogs> decode(byte[] body, int from, int length) throws IOException {
        ProtobufLogs logs = new ProtobufLogs(new ProtobufValues(body, from, length));
        logs.request();
        return logs.found;
    }

    private void request() throws IOException {
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            if (tag == 10) {
                resourceLogs();
            } else {
                values.skip(tag);
            }
        }
    }

    private void resourceLogs() throws IOException {
        int limit = values.enter();
        Attributes attributes = new Attributes();
        TelemetryResource resource = new TelemetryResource(attributes);
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            switch (tag) {
                case 10 -> ProtobufScopes.resource(values, attributes);
                case 18 -> scopeLogs(resource);
                default -> values.skip(tag);
            }
        }
        values.leave(limit);
    }

    private void scopeLogs(TelemetryResource resource) throws IOException {
        int limit = values.enter();
        TelemetryScope scope = TelemetryScope.UNNAMED;
        List<TelemetryLog> logs = new ArrayList<>();
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            switch (tag) {
                case 10 -> scope = ProtobufScopes.scope(values);
                case 18 -> logs.add(log());
                default -> values.skip(tag);
            }
        }
        values.leave(limit);
        if (!logs.isEmpty()) {
            found.add(new ScopedLogs(resource, scope, logs));
        }
    }

    private TelemetryLog log() throws IOException {
        if (++count > TooManyRecords.LIMIT) {
            throw new TooManyRecords();
        }
        int limit = values.enter();
        String traceId = "";
        String spanId = "";
        String eventName = "";
        long time = 0;
        long observed = 0;
        Object body = null;
        Attributes attributes = new Attributes();
        for (int tag = values.in.readTag(); tag != 0; tag = values.in.readTag()) {
            switch (tag) {
                case 9 -> time = values.in.readFixed64();
                case 42 -> body = values.value(0);
                case 50 -> values.attribute(attributes);
                case 74 -> traceId = values.id(TraceIds.TRACE_BYTES);
                case 82 -> spanId = values.id(TraceIds.SPAN_BYTES);
                case 89 -> observed = values.in.readFixed64();
                case 98 -> eventName = values.text();
                default -> values.skip(tag);
            }
        }
        values.leave(limit);
        return new TelemetryLog(eventName, traceId, spanId, time != 0 ? time : observed, body, attributes);
    }
}
