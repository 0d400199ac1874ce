package dev.assay.ingest.domain.langfuse;

import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.RecordKind;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.contracts.llm.v1.UsageState;
import dev.assay.ingest.domain.mapping.Attributes;
import dev.assay.ingest.domain.mapping.Dialect;
import dev.assay.ingest.domain.mapping.GenAiAttributes;
import dev.assay.ingest.domain.mapping.SpanMapper;
import dev.assay.ingest.domain.mapping.TelemetrySpan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of traces and observations: one for each create and each update, which the ledger merges by the body's id
 * and the item's time.
 *
 * <p>A body says what Langfuse's OpenTelemetry attributes say, so it is mapped as those are. What an update leaves out stays
 * unsaid: it must not take back what the create told.
 */
final class Observations {
    private static final long NANOS = 1000;

    private final SpanMapper spans;

    Observations(SpanMapper spans) {
        this.spans = spans;
    }

    /** The record of a create or an update of an observation. */
    Call.Builder observation(ItemType type, String itemId, long itemTimeUs, Body body) throws BadItem {
        String id = body.id("id");
        if (id == null && type.update()) {
            throw new BadItem("body.id", "is required");
        }
        Long start = body.time("startTime");
        Long end = body.time("endTime");
        if (start == null && !type.update()) {
            start = itemTimeUs;
        }
        if (start != null && end != null && end < start) {
            throw new BadItem("body.endTime", "must not be before startTime");
        }
        String eventId = id == null ? itemId : id;
        String observation = typeOf(type, body);
        Call.Builder call = map(attributes(observation, body), start, start == null ? null : end);
        identify(call, eventId, body.traceId("traceId"), type, itemTimeUs);
        call.setSpanId(eventId);
        String parent = body.id("parentObservationId");
        call.setParentSpanId(parent == null ? "" : parent);
        if (start == null && end != null) {
            call.setEndTimeUs(end);
        }
        Long first = body.time("completionStartTime");
        if (first != null) {
            call.setFirstTokenTimeUs(first).setStream(true);
        }
        if (observation.isEmpty()) {
            call.clearKind().clearCountable().clearOperation();
        }
        Usage.applyOtherUnits(body, call);
        if (body.text("level") == null && type.update()) {
            leaveStatusOpen(call);
        }
        if (call.getUsageState() == UsageState.USAGE_STATE_MISSING) {
            call.clearUsageState(); // another record may tell it
        }
        return call;
    }

    /** The record of a trace: what it tells reaches every observation of it. */
    Call.Builder trace(ItemType type, String itemId, long itemTimeUs, Body body) throws BadItem {
        String id = body.traceId("id");
        String traceId = id == null ? itemId : id;
        Attributes attributes = attributes("", body);
        put(attributes, GenAiAttributes.LANGFUSE_USER_ID, body.get("userId"));
        put(attributes, GenAiAttributes.LANGFUSE_SESSION_ID, body.get("sessionId"));
        put(attributes, GenAiAttributes.LANGFUSE_TRACE_TAGS, body.get("tags"));
        put(attributes, GenAiAttributes.LANGFUSE_TRACE_NAME, body.get("name"));
        Call.Builder call = map(attributes, body.time("timestamp"), null);
        identify(call, "trace:" + traceId, traceId, type, itemTimeUs);
        call.setKind(Kind.KIND_OTHER).setCountable(false).clearOperation().clearUsageState();
        leaveStatusOpen(call);
        return call;
    }

    private Call.Builder map(Attributes attributes, @Nullable Long startUs, @Nullable Long endUs) {
        long start = startUs == null ? 0 : Math.multiplyExact(startUs, NANOS);
        long end = endUs == null ? 0 : Math.multiplyExact(endUs, NANOS);
        Call.Builder call = spans.mapObservation(
                new TelemetrySpan("", "", "", "", start, end, 0, "", attributes, List.of()),
                RecordKind.RECORD_KIND_UPDATE);
        call.setDialect(Dialect.LANGFUSE.label());
        if (startUs == null) {
            call.clearStartTimeUs();
        }
        return call;
    }

    private static void identify(
            Call.Builder call, String eventId, @Nullable String traceId, ItemType type, long itemTimeUs) {
        call.setEnvelope(Envelope.newBuilder().setEventId(eventId).setEventTimeUs(itemTimeUs));
        // clocks of SDKs tick in milliseconds: an update of the same one comes after its create
        call.setUpdateTimeUs(type.update() ? itemTimeUs + 1 : itemTimeUs);
        if (traceId != null) {
            call.setTraceId(traceId);
        }
    }

    private static void leaveStatusOpen(Call.Builder call) {
        if (call.getStatus() == Status.STATUS_OK) {
            call.clearStatus();
        }
    }

    private static String typeOf(ItemType type, Body body) {
        if (!type.observation().isEmpty()) {
            return type.observation();
        }
        String told = body.text("type");
        return told == null ? "" : told.toLowerCase(Locale.ROOT);
    }

    private static Attributes attributes(String observation, Body body) {
        Attributes attributes = new Attributes();
        if (!observation.isEmpty()) {
            attributes.put(GenAiAttributes.LANGFUSE_OBSERVATION_TYPE, observation);
        }
        put(attributes, GenAiAttributes.LANGFUSE_OBSERVATION_MODEL_NAME, body.get("model"));
        put(attributes, GenAiAttributes.LANGFUSE_OBSERVATION_MODEL_PARAMETERS, body.get("modelParameters"));
        put(attributes, GenAiAttributes.LANGFUSE_OBSERVATION_USAGE_DETAILS, Usage.tokens(body));
        put(attributes, GenAiAttributes.LANGFUSE_OBSERVATION_COST_DETAILS, Usage.costs(body));
        put(attributes, GenAiAttributes.LANGFUSE_OBSERVATION_LEVEL, body.get("level"));
        put(attributes, GenAiAttributes.LANGFUSE_OBSERVATION_STATUS_MESSAGE, body.get("statusMessage"));
        put(attributes, GenAiAttributes.LANGFUSE_OBSERVATION_INPUT, body.get("input"));
        put(attributes, GenAiAttributes.LANGFUSE_OBSERVATION_OUTPUT, body.get("output"));
        put(attributes, GenAiAttributes.LANGFUSE_OBSERVATION_PROMPT_NAME, body.get("promptName"));
        put(attributes, GenAiAttributes.LANGFUSE_OBSERVATION_PROMPT_VERSION, body.get("promptVersion"));
        put(attributes, GenAiAttributes.LANGFUSE_ENVIRONMENT, body.get("environment"));
        put(attributes, GenAiAttributes.LANGFUSE_RELEASE, body.get("release"));
        put(attributes, GenAiAttributes.LANGFUSE_VERSION, body.get("version"));
        Object metadata = body.get("metadata");
        if (metadata instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> putMetadata(attributes, String.valueOf(key), value));
        } else {
            putMetadata(attributes, "metadata", metadata);
        }
        putMetadata(attributes, "name", body.get("name"));
        return attributes;
    }

    private static void put(Attributes attributes, GenAiAttributes name, @Nullable Object value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }

    private static void putMetadata(Attributes attributes, String key, @Nullable Object value) {
        if (value != null) {
            attributes.putOther("langfuse.observation.metadata." + key, value);
        }
    }
}
