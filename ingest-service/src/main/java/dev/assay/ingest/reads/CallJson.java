package dev.assay.ingest.reads;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.contracts.common.v1.Decimal;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.ingest.domain.operations.SpanTree;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The canonical event as JSON: every field there, null where unknown. */
@ApplicationScoped
public class CallJson {
    private static final double MICROS_PER_MS = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;

    private static final List<String> SPAN_FIELDS = List.of(
            "event_id",
            "span_id",
            "parent_span_id",
            "kind",
            "operation",
            "provider",
            "request_model",
            "response_model",
            "start_time",
            "duration_ms",
            "ttft_ms",
            "status",
            "error_class",
            "countable",
            "superseded_by",
            "input_tokens",
            "output_tokens");
    private static final List<String> SUMMARY_FIELDS = List.of(
            "event_id",
            "trace_id",
            "start_time",
            "duration_ms",
            "ttft_ms",
            "status",
            "error_class",
            "error_type",
            "error_message",
            "app",
            "endpoint",
            "provider",
            "response_model");

    private final ObjectMapper mapper;

    CallJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** The event of a call. */
    public Map<String, @Nullable Object> of(Call call) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        identity(call, json);
        model(call, json);
        usage(call, json);
        outcome(call, json);
        context(call, json);
        content(call, json);
        billing(call, json);
        return json;
    }

    /** The trace of a call: its events in reading order, each with its depth, without content. */
    Map<String, @Nullable Object> trace(Call of, List<Call> calls) {
        Map<String, @Nullable Object> trace = new LinkedHashMap<>();
        trace.put("trace_id", text(of.getTraceId()));
        trace.put("spans", SpanTree.of(calls).stream().map(CallJson::span).toList());
        return trace;
    }

    private static Map<String, @Nullable Object> span(SpanTree.Node node) {
        Map<String, @Nullable Object> span = new LinkedHashMap<>();
        span.put("depth", node.depth());
        span.putAll(brief(node.call(), SPAN_FIELDS));
        return span;
    }

    /** What one needs to know of a call to decide whether to look at it. */
    Map<String, @Nullable Object> summary(Call call) {
        return brief(call, SUMMARY_FIELDS);
    }

    private static Map<String, @Nullable Object> brief(Call call, List<String> fields) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        identity(call, all);
        model(call, all);
        usage(call, all);
        outcome(call, all);
        context(call, all);
        Map<String, @Nullable Object> brief = new LinkedHashMap<>();
        for (String field : fields) {
            brief.put(field, all.get(field));
        }
        return brief;
    }

    private static void identity(Call call, Map<String, @Nullable Object> json) {
        json.put("event_id", call.getEnvelope().getEventId());
        json.put("source", name(call.getEnvelope().getSource().name(), "SOURCE_"));
        json.put("dialect", text(call.getDialect()));
        json.put("scope_name", text(call.getScopeName()));
        json.put("scope_version", text(call.getScopeVersion()));
        json.put("sdk_language", text(call.getSdkLanguage()));
        json.put("trace_id", text(call.getTraceId()));
        json.put("span_id", text(call.getSpanId()));
        json.put("parent_span_id", text(call.getParentSpanId()));
        json.put("start_time", call.hasStartTimeUs() ? time(call.getStartTimeUs()) : null);
        json.put("end_time", call.hasEndTimeUs() ? time(call.getEndTimeUs()) : null);
        json.put("duration_ms", call.hasDurationUs() ? call.getDurationUs() / MICROS_PER_MS : null);
        json.put("received_time", time(call.getEnvelope().getReceivedTimeUs()));
        json.put("kind", name(call.getKind().name(), "KIND_"));
        json.put("countable", call.getCountable());
        json.put("superseded_by", text(call.getSupersededBy()));
        json.put("operation", text(call.getOperation()));
    }

    private static void model(Call call, Map<String, @Nullable Object> json) {
        json.put("provider", text(call.getProvider()));
        json.put("provider_raw", text(call.getProviderRaw()));
        json.put("request_model", text(call.getRequestModel()));
        json.put("response_model", text(call.getResponseModel()));
        json.put("response_id", text(call.getResponseId()));
        json.put("stream", call.hasStream() ? call.getStream() : null);
    }

    private static void usage(Call call, Map<String, @Nullable Object> json) {
        json.put("input_tokens", call.hasInputTokens() ? call.getInputTokens() : null);
        json.put("cache_read_tokens", call.hasCacheReadTokens() ? call.getCacheReadTokens() : null);
        json.put("cache_write_tokens", call.hasCacheWriteTokens() ? call.getCacheWriteTokens() : null);
        json.put("cache_write_1h_tokens", call.hasCacheWrite1HTokens() ? call.getCacheWrite1HTokens() : null);
        json.put("input_audio_tokens", call.hasInputAudioTokens() ? call.getInputAudioTokens() : null);
        json.put("input_image_tokens", call.hasInputImageTokens() ? call.getInputImageTokens() : null);
        json.put("output_tokens", call.hasOutputTokens() ? call.getOutputTokens() : null);
        json.put("reasoning_tokens", call.hasReasoningTokens() ? call.getReasoningTokens() : null);
        json.put("output_audio_tokens", call.hasOutputAudioTokens() ? call.getOutputAudioTokens() : null);
        json.put("output_image_tokens", call.hasOutputImageTokens() ? call.getOutputImageTokens() : null);
        json.put("usage_state", name(call.getUsageState().name(), "USAGE_STATE_"));
        json.put("ttft_ms", call.hasTtftUs() ? call.getTtftUs() / MICROS_PER_MS : null);
        json.put("tpot_ms", call.hasTpotUs() ? call.getTpotUs() / MICROS_PER_MS : null);
        json.put("tpot_approximate", call.hasTpotUs() ? call.getTpotApproximate() : null);
    }

    private static void outcome(Call call, Map<String, @Nullable Object> json) {
        json.put("status", call.getStatus() == Status.STATUS_ERROR ? "error" : "ok");
        json.put("error_class", text(call.getErrorClass()));
        json.put("error_type", text(call.getErrorType()));
        json.put("error_message", text(call.getErrorMessage()));
        json.put("http_status", call.hasHttpStatus() ? call.getHttpStatus() : null);
        json.put("finish_reasons", call.getFinishReasonsList());
    }

    private static void context(Call call, Map<String, @Nullable Object> json) {
        json.put("user_id", text(call.getUserId()));
        json.put("session_id", text(call.getSessionId()));
        json.put("app", text(call.getApp()));
        json.put("environment", text(call.getEnvironment()));
        json.put("release", text(call.getRelease()));
        json.put("endpoint", text(call.getEndpoint()));
        json.put("variant", text(call.getVariant()));
        json.put("task_id", text(call.getTaskId()));
        json.put("prompt_name", text(call.getPromptName()));
        json.put("prompt_version", text(call.getPromptVersion()));
        json.put("tags", call.getTagsList());
        json.put("metadata", call.getMetadataMap());
        json.put("request_params", call.getRequestParamsMap());
        json.put("skewed", call.getSkewed());
        json.put("anomalies", call.getAnomaliesList());
    }

    private void content(Call call, Map<String, @Nullable Object> json) {
        json.put("system", messages(call.getSystem()));
        json.put("input", messages(call.getInput()));
        json.put("output", messages(call.getOutput()));
        json.put("context", text(call.getContext()));
        json.put(
                "tool_calls",
                call.getToolCallsList().stream()
                        .map(tool -> {
                            Map<String, @Nullable Object> of = new LinkedHashMap<>();
                            of.put("id", text(tool.getId()));
                            of.put("name", text(tool.getName()));
                            of.put("arguments", text(tool.getArguments()));
                            return of;
                        })
                        .toList());
        json.put("truncated", call.getTruncatedList());
    }

    private static void billing(Call call, Map<String, @Nullable Object> json) {
        json.put("reported_cost", call.hasReportedCost() ? decimal(call.getReportedCost()) : null);
        json.put("reported_cost_currency", text(call.getReportedCostCurrency()));
        json.put("service_tier", text(call.getServiceTier()));
        json.put("search_context_size", text(call.getSearchContextSize()));
        json.put("web_searches", call.hasWebSearches() ? call.getWebSearches() : null);
        json.put("images", call.hasImages() ? call.getImages() : null);
        json.put("queries", call.hasQueries() ? call.getQueries() : null);
        json.put("pages", call.hasPages() ? call.getPages() : null);
        json.put("citation_tokens", call.hasCitationTokens() ? call.getCitationTokens() : null);
        json.put("input_characters", call.hasInputCharacters() ? call.getInputCharacters() : null);
        json.put("input_seconds", call.hasInputSeconds() ? call.getInputSeconds() : null);
        json.put("output_video_seconds", call.hasOutputVideoSeconds() ? call.getOutputVideoSeconds() : null);
    }

    /** Messages are kept as JSON text; what is not is shown as the text that it is. */
    private @Nullable Object messages(String kept) {
        if (kept.isEmpty()) {
            return null;
        }
        try {
            Object parsed = mapper.readTree(kept);
            return parsed == null ? kept : parsed;
        } catch (JacksonException plainText) {
            return kept;
        }
    }

    private static @Nullable String text(String value) {
        return value.isEmpty() ? null : value;
    }

    private static @Nullable String name(String constant, String prefix) {
        String name = constant.startsWith(prefix) ? constant.substring(prefix.length()) : constant;
        return name.equals("UNSPECIFIED") || name.equals("UNRECOGNIZED") ? null : name.toLowerCase(Locale.ROOT);
    }

    static Instant time(long micros) {
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * 1_000);
    }

    private static String decimal(Decimal amount) {
        return new BigDecimal(new BigInteger(amount.getUnscaled().toByteArray()), amount.getScale()).toPlainString();
    }
}
