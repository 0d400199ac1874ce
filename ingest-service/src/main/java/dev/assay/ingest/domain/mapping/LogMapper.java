package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.RecordKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls of log records: the details event of an inference, and the older events of one message each.
 *
 * <p>Both bear the id of their span, so that the ledger merges them with it. A details event makes the call by itself, should
 * its span never come; messages alone do not count. For the records of one request; several records of a span become one.
 */
public final class LogMapper {
    private final SpanMapper spans;
    private final JsonText json;
    private final Map<String, Pending> pending = new LinkedHashMap<>();

    /** The messages of one span, as far as this request has brought them. */
    private static final class Pending {
        private final Call.Builder call;
        private final List<Map<String, Object>> input = new ArrayList<>();
        private final List<Map<String, Object>> output = new ArrayList<>();

        Pending(Call.Builder call) {
            this.call = call;
        }
    }

    public LogMapper(JsonText json) {
        this.json = json;
        this.spans = new SpanMapper(json);
    }

    /** What becomes of a record; {@code LeftOut} also for one whose message waits for {@link #finish}. */
    public Mapped map(TelemetryResource resource, TelemetryScope scope, TelemetryLog log) {
        String traceId = log.traceId();
        String spanId = log.spanId();
        if (traceId == null) {
            return new Mapped.Refused("", "trace_id", "must be 16 bytes or absent");
        }
        if (spanId == null) {
            return new Mapped.Refused("", "span_id", "must be 8 bytes or absent");
        }
        String name = eventName(log);
        if (name.equals(ContentEvents.DETAILS)) {
            return ofDetails(resource, scope, log, traceId, spanId);
        }
        if (name.equals(Evaluations.RESULT)) {
            return Evaluations.map(traceId, spanId, log.timeNanos(), log.attributes());
        }
        if (!traceId.isEmpty() && !spanId.isEmpty()) {
            addMessage(resource, scope, log, name);
        }
        return Mapped.LeftOut.INSTANCE;
    }

    /** The calls that the messages of this request have made, one per span. */
    public List<Call.Builder> finish() {
        List<Call.Builder> calls = new ArrayList<>(pending.size());
        for (Pending one : pending.values()) {
            ContentFields.write(one.input, json, one.call::setInput);
            ContentFields.write(one.output, json, one.call::setOutput);
            List<Map<String, Object>> system = new ArrayList<>(one.input);
            system.removeIf(message -> !"system".equals(message.get("role")));
            ContentFields.write(system, json, one.call::setSystem);
            ContentFields.addToolCalls(one.output, json, one.call);
            for (Map<String, Object> message : one.output) {
                List<String> reasons = new ArrayList<>(1);
                FinishReasons.add(reasons, message.get("finish_reason"));
                reasons.forEach(reason -> one.call.addFinishReasons(FinishReasons.normalize(reason)));
            }
            calls.add(one.call);
        }
        pending.clear();
        return calls;
    }

    private Mapped ofDetails(
            TelemetryResource resource, TelemetryScope scope, TelemetryLog log, String traceId, String spanId) {
        Attributes attributes = log.attributes();
        if (!attributes.has(GenAiAttributes.GEN_AI_OPERATION_NAME)) {
            // the event is of an inference by its name; some senders say no more
            attributes.put(GenAiAttributes.GEN_AI_OPERATION_NAME, "chat");
        }
        TelemetrySpan asSpan = new TelemetrySpan(
                traceId, spanId, "", ContentEvents.DETAILS, log.timeNanos(), 0, 0, "", attributes, List.of());
        Call.Builder call = spans.mapKnown(resource, scope, asSpan, RecordKind.RECORD_KIND_LOG);
        if (call == null) {
            return Mapped.LeftOut.INSTANCE;
        }
        boolean alone = traceId.isEmpty() || spanId.isEmpty();
        if (alone && call.getDialect().equals(Dialect.OPENLIT.label())) {
            // of streamed calls OpenLIT's Python SDK logs after the span has ended, without its ids: it would count
            // twice
            return Mapped.LeftOut.INSTANCE;
        }
        String eventId = alone ? ownId(call, log) : traceId + ":" + spanId;
        call.setEnvelope(Envelope.newBuilder().setEventId(eventId))
                .setTraceId(traceId)
                .setSpanId(spanId);
        return new Mapped.Kept(call);
    }

    /** Without a span the record is known by what it says, so that a resend is a duplicate. */
    private static String ownId(Call.Builder call, TelemetryLog log) {
        return "log:" + Long.toHexString(log.timeNanos()) + ":"
                + ContentHash.hex(call.build().toByteArray());
    }

    private void addMessage(TelemetryResource resource, TelemetryScope scope, TelemetryLog log, String name) {
        String role = ContentEvents.inputRole(name);
        boolean isChoice = name.equals("gen_ai.choice");
        if (role == null && !isChoice) {
            return;
        }
        Pending one = pending.computeIfAbsent(
                log.traceId() + ":" + log.spanId(), eventId -> new Pending(newCall(resource, scope, log, eventId)));
        if (isChoice) {
            one.output.addAll(Messages.canonical(log.body(), "assistant", json));
        } else if (role != null) {
            one.input.addAll(Messages.canonical(withRole(log.body(), role), role, json));
        }
    }

    private static @Nullable Object withRole(@Nullable Object body, String role) {
        Map<?, ?> map = Coercion.map(body);
        if (map == null || map.containsKey("role")) {
            return body;
        }
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("role", role);
        map.forEach((key, value) -> message.put(String.valueOf(key), value));
        if (role.equals("tool") && map.get("id") != null) {
            message.put("tool_call_id", map.get("id"));
        }
        return message;
    }

    private static Call.Builder newCall(
            TelemetryResource resource, TelemetryScope scope, TelemetryLog log, String eventId) {
        Call.Builder call = Call.newBuilder()
                .setRecordKind(RecordKind.RECORD_KIND_LOG)
                .setEnvelope(Envelope.newBuilder().setEventId(eventId))
                .setDialect(Dialect.OTEL_GENAI.label())
                .setScopeName(scope.name())
                .setScopeVersion(scope.version())
                .setStartTimeUs(log.timeNanos() / 1000);
        if (log.traceId() != null && log.spanId() != null) {
            call.setTraceId(log.traceId()).setSpanId(log.spanId());
        }
        String provider = log.attributes().firstText(FieldNames.PROVIDER);
        if (provider != null) {
            call.setProviderRaw(provider).setProvider(Providers.normalize(provider));
        }
        String language = resource.attributes().text(GenAiAttributes.TELEMETRY_SDK_LANGUAGE);
        if (language != null) {
            call.setSdkLanguage(language);
        }
        return call;
    }

    private static String eventName(TelemetryLog log) {
        if (!log.eventName().isEmpty()) {
            return log.eventName();
        }
        String name = log.attributes().text(GenAiAttributes.EVENT_NAME);
        return name == null ? "" : name;
    }
}
