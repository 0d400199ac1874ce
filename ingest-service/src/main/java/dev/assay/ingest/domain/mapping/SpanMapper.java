package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.RecordKind;
import dev.assay.contracts.llm.v1.UsageState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the canonical call of a span, whoever sent it. */
public final class SpanMapper {
    /** How far an end may lie before its start (clocks step) and still be taken as a duration of zero. */
    private static final long BACKWARDS_TOLERANCE_NANOS = 1_000_000_000L;

    private final JsonText json;

    public SpanMapper(JsonText json) {
        this.json = json;
    }

    /** What becomes of a span. */
    public Mapped map(TelemetryResource resource, TelemetryScope scope, TelemetrySpan span) {
        String traceId = span.traceId();
        String spanId = span.spanId();
        if (traceId == null) {
            return new Mapped.Refused("", "trace_id", "must be 16 bytes, not all zero");
        }
        if (spanId == null) {
            return new Mapped.Refused("", "span_id", "must be 8 bytes, not all zero");
        }
        String eventId = traceId + ":" + spanId;
        if (span.endNanos() != 0 && span.startNanos() - span.endNanos() > BACKWARDS_TOLERANCE_NANOS) {
            return new Mapped.Refused(eventId, "end_time_unix_nano", "must not lie before start_time_unix_nano");
        }
        Call.Builder call = mapKnown(resource, scope, span, RecordKind.RECORD_KIND_SPAN);
        if (call == null) {
            return Mapped.LeftOut.INSTANCE;
        }
        call.setEnvelope(Envelope.newBuilder().setEventId(eventId))
                .setTraceId(traceId)
                .setSpanId(spanId)
                .setParentSpanId(span.parentSpanId());
        return new Mapped.Kept(call);
    }

    /** What becomes of the results of evaluations that came as events of a span with good ids. */
    public static List<Mapped> evaluations(TelemetrySpan span) {
        String traceId = span.traceId();
        String spanId = span.spanId();
        if (span.events().isEmpty() || traceId == null || spanId == null) {
            return List.of();
        }
        List<Mapped> evaluations = new ArrayList<>(1);
        for (TelemetryEvent event : span.events()) {
            if (event.name().equals(Evaluations.RESULT)) {
                evaluations.add(Evaluations.map(traceId, spanId, event.timeNanos(), event.attributes()));
            }
        }
        return evaluations;
    }

    /** The call of a span or of a record that describes one; null when it is none of an LLM application's. */
    Call.@Nullable Builder mapKnown(
            TelemetryResource resource, TelemetryScope scope, TelemetrySpan span, RecordKind recordKind) {
        SourceSpan source = new SourceSpan(resource, scope, span, json);
        TokenUsage usage = TokenFields.read(source);
        SpanKind kind = SpanKinds.of(source, usage.isKnown());
        if (kind.kind() == Kind.KIND_OTHER && !carriesContext(source)) {
            return null;
        }
        return describe(source, usage, kind, recordKind);
    }

    /** The call of an observation that its sender counts among an LLM application's, whatever it tells of itself. */
    public Call.Builder mapObservation(TelemetrySpan span, RecordKind recordKind) {
        SourceSpan source = new SourceSpan(TelemetryResource.UNKNOWN, TelemetryScope.UNNAMED, span, json);
        TokenUsage usage = TokenFields.read(source);
        return describe(source, usage, SpanKinds.of(source, usage.isKnown()), recordKind);
    }

    private Call.Builder describe(SourceSpan source, TokenUsage usage, SpanKind kind, RecordKind recordKind) {
        Call.Builder call = Call.newBuilder()
                .setRecordKind(recordKind)
                .setDialect(source.dialect().label())
                .setScopeName(source.scope().name())
                .setScopeVersion(source.scope().version())
                .setKind(kind.kind())
                .setOperation(kind.operation())
                .setCountable(kind.countable());
        applyModels(source, call);
        TokenConventions.apply(source, kind.kind(), usage);
        usage.writeTo(call);
        Timings.apply(source, call);
        ContextFields.apply(source, call);
        MetadataFields.apply(source, call);
        ModelParameters.apply(source, call);
        ContentFields.apply(source, call);
        applyFinishReasons(source, call);
        Errors.apply(source, call);
        ReportedCosts.apply(source, call);
        call.setUsageState(usageState(source, call));
        return call;
    }

    private static void applyModels(SourceSpan source, Call.Builder call) {
        String provider = source.firstText(FieldNames.PROVIDER);
        String requested = Models.requested(source);
        String answered = Models.answered(source);
        String responseId = Models.responseId(source);
        String language = source.resource().attributes().text(GenAiAttributes.TELEMETRY_SDK_LANGUAGE);
        if (provider != null) {
            call.setProviderRaw(provider).setProvider(Providers.normalize(provider));
        }
        if (requested != null) {
            call.setRequestModel(requested);
        }
        if (answered != null) {
            call.setResponseModel(answered);
        }
        if (responseId != null) {
            call.setResponseId(responseId);
        }
        if (language != null) {
            call.setSdkLanguage(language);
        }
    }

    private void applyFinishReasons(SourceSpan source, Call.Builder call) {
        List<String> raw = FinishReasons.raw(source);
        if (raw.isEmpty() && call.getOutput().contains("finish_reason")) {
            raw = ContentFields.finishReasonsOf(call.getOutput(), json);
        }
        boolean differs = false;
        for (String reason : raw) {
            String normal = FinishReasons.normalize(reason);
            differs |= !normal.equals(reason);
            if (!call.getFinishReasonsList().contains(normal)) {
                call.addFinishReasons(normal);
            }
        }
        if (differs) {
            call.putMetadata("finish_reasons_raw", String.join(",", raw));
        }
    }

    private static UsageState usageState(SourceSpan source, Call.Builder call) {
        if (!call.hasInputTokens() && !call.hasOutputTokens()) {
            // a log record's silence says nothing of what its span knows
            return call.getCountable() && call.getRecordKind() != RecordKind.RECORD_KIND_LOG
                    ? UsageState.USAGE_STATE_MISSING
                    : UsageState.USAGE_STATE_UNSPECIFIED;
        }
        return LocalEstimate.isEstimated(source, call)
                ? UsageState.USAGE_STATE_ESTIMATED
                : UsageState.USAGE_STATE_REPORTED;
    }

    /** Whether a span outside the LLM work tells something of its trace: user, session, tags, metadata. */
    private static boolean carriesContext(SourceSpan source) {
        Attributes attributes = source.attributes();
        return !attributes.isEmpty()
                && (attributes.firstText(FieldNames.USER_ID) != null
                        || attributes.firstText(FieldNames.SESSION_ID) != null
                        || hasAny(attributes, FieldNames.TAGS)
                        || attributes.has(GenAiAttributes.METADATA)
                        || attributes.has(GenAiAttributes.LANGFUSE_ENVIRONMENT)
                        || MetadataFields.isPresent(attributes));
    }

    private static boolean hasAny(Attributes attributes, GenAiAttributes[] names) {
        for (GenAiAttributes name : names) {
            if (attributes.has(name)) {
                return true;
            }
        }
        return false;
    }
}
