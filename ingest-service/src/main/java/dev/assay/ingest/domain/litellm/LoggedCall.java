package dev.assay.ingest.domain.litellm;

import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.RecordKind;
import dev.assay.contracts.llm.v1.UsageState;
import dev.assay.ingest.domain.call.Refusal;
import dev.assay.ingest.domain.mapping.Attributes;
import dev.assay.ingest.domain.mapping.Coercion;
import dev.assay.ingest.domain.mapping.Dialect;
import dev.assay.ingest.domain.mapping.JsonText;
import dev.assay.ingest.domain.mapping.SpanMapper;
import dev.assay.ingest.domain.mapping.TelemetrySpan;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Maps LiteLLM's {@code StandardLoggingPayload}, one per call through the gateway
 * ({@code docs.litellm.ai/docs/proxy/logging_spec}).
 *
 * <p>Its prompt tokens include cached ones, its costs are US dollars. An answer out of LiteLLM's own cache used no tokens of
 * a provider: its counts are zero, and what the first answer had used stands in the metadata.
 */
public final class LoggedCall {
    private static final int MAX_ID_CHARS = 200;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double LATEST_SECONDS = 9e9;
    private static final Pattern HEX_TRACE = Pattern.compile("[0-9A-Fa-f]{32}");

    private final SpanMapper spans;

    public LoggedCall(JsonText json) {
        this.spans = new SpanMapper(json);
    }

    /** What became of a payload. */
    public sealed interface Outcome {
        /** A call; project, source and arrival time are still to be set. */
        record Kept(Call.Builder call) implements Outcome {}

        /** It cannot be taken in. */
        record Refused(String id, Refusal refusal) implements Outcome {}
    }

    /** The call that a payload tells of. */
    public Outcome map(Map<?, ?> payload) {
        String id = Coercion.text(payload.get("id"));
        if (id == null || id.isBlank() || id.length() > MAX_ID_CHARS || id.indexOf('\ufffd') >= 0) {
            return new Outcome.Refused(
                    "",
                    new Refusal("id", "must be a text of 1 to " + MAX_ID_CHARS + " characters without broken ones"));
        }
        String model = Coercion.text(payload.get("model"));
        String group = Coercion.text(payload.get("model_group"));
        if (model == null && group == null) {
            return new Outcome.Refused(id, new Refusal("model", "is required (or model_group)"));
        }
        Long start = nanos(payload.get("startTime"));
        if (start == null) {
            return new Outcome.Refused(id, new Refusal("startTime", "must be seconds since 1970-01-01T00:00:00Z"));
        }
        Long end = nanos(payload.get("endTime"));
        if (end != null && end < start) {
            return new Outcome.Refused(id, new Refusal("endTime", "must not be before startTime"));
        }
        return new Outcome.Kept(call(id, payload, start, end == null ? 0 : end));
    }

    private Call.Builder call(String id, Map<?, ?> payload, long start, long end) {
        boolean cached = Boolean.TRUE.equals(Coercion.flag(payload.get("cache_hit")));
        boolean failed = "failure".equals(payload.get("status"));
        Attributes attributes = PayloadAttributes.of(payload, cached, firstTokenSeconds(payload, start));
        Call.Builder call = spans.mapObservation(
                new TelemetrySpan("", "", "", "litellm_request", start, end, failed ? 2 : 0, "", attributes, List.of()),
                RecordKind.RECORD_KIND_CALL);
        call.setEnvelope(Envelope.newBuilder().setEventId(id)).setDialect(Dialect.LITELLM.label());
        String trace = Coercion.text(payload.get("trace_id"));
        if (trace != null && !trace.isBlank() && trace.length() <= MAX_ID_CHARS) {
            call.setTraceId(HEX_TRACE.matcher(trace).matches() ? trace.toLowerCase(Locale.ROOT) : trace);
        }
        if (call.getKind() == Kind.KIND_RERANKER) {
            call.setCountable(true); // through a gateway it is a call to a model, to be paid as such
        }
        if (cached) {
            call.setInputTokens(0).setOutputTokens(0).setUsageState(UsageState.USAGE_STATE_REPORTED);
        }
        return call;
    }

    /** Seconds from the start to the first token of a streamed answer; null where there is no telling. */
    private static @Nullable Double firstTokenSeconds(Map<?, ?> payload, long start) {
        Long first = nanos(payload.get("completionStartTime"));
        boolean streamed = Boolean.TRUE.equals(Coercion.flag(payload.get("stream")));
        return first == null || !streamed || first < start ? null : (Double) ((first - start) / NANOS_PER_SECOND);
    }

    /** Seconds since the epoch, or a time in text, as nanoseconds; null for anything else. */
    private static @Nullable Long nanos(@Nullable Object time) {
        if (time instanceof Number) {
            Double seconds = Coercion.number(time);
            return seconds == null || !(seconds > 0 && seconds < LATEST_SECONDS)
                    ? null
                    : (Long) (Math.round(seconds * 1e6) * 1000);
        }
        if (time instanceof String text) {
            try {
                Instant instant = OffsetDateTime.parse(text).toInstant();
                return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
            } catch (DateTimeException | ArithmeticException e) {
                return null;
            }
        }
        return null;
    }
}
