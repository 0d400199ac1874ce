package dev.assay.ingest.domain.call;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.contracts.llm.v1.UsageState;
import dev.assay.ingest.domain.call.Values.BadValue;
import dev.assay.ingest.domain.mapping.Amounts;
import dev.assay.ingest.domain.mapping.Messages;
import dev.assay.ingest.domain.mapping.Providers;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Every field that a client may write into a call, with its type and its range. */
final class CallFields {
    private static final int MAX_ID_CHARS = 200;
    private static final int MAX_LABEL_CHARS = 200;
    private static final int MAX_USER_CHARS = 512;

    private static final Map<String, Kind> KINDS = words(Kind.values(), "KIND_");
    private static final Map<String, Status> STATUSES = words(Status.values(), "STATUS_");
    private static final Map<String, UsageState> USAGE_STATES = words(UsageState.values(), "USAGE_STATE_");
    private static final Map<String, String> SERVICE_TIERS = words("standard", "batch", "flex", "priority");
    private static final Map<String, String> CONTEXT_SIZES = words("low", "medium", "high");

    /** Fields that only the server writes: a call that was read from the API may be sent again as it is. */
    private static final List<String> OWNED_BY_SERVER = List.of(
            "tenant",
            "source",
            "event_time",
            "received_time",
            "record_kind",
            "update_time",
            "dialect",
            "scope_name",
            "scope_version",
            "sdk_language",
            "superseded_by",
            "provider_raw",
            "tpot_approximate",
            "error_class",
            "truncated",
            "skewed",
            "anomalies",
            "dimensions",
            "revision",
            "ledger_day");

    private static final Map<String, Setter> SETTERS = setters();

    /** Puts a value into the draft. */
    interface Setter {
        void set(CallDraft draft, Object value) throws BadValue;
    }

    /** How a field is set, or null if there is no such field. */
    static @Nullable Setter find(String name) {
        return SETTERS.get(name);
    }

    private static Map<String, Setter> setters() {
        Map<String, Setter> fields = new HashMap<>();
        OWNED_BY_SERVER.forEach(name -> fields.put(name, (draft, value) -> {}));
        addIdentity(fields);
        addModel(fields);
        addTokens(fields);
        addOutcome(fields);
        addLabels(fields);
        addContent(fields);
        return Map.copyOf(fields);
    }

    private static void addIdentity(Map<String, Setter> fields) {
        fields.put("event_id", (draft, value) -> draft.eventId(Ids.event(value)));
        fields.put("trace_id", (draft, value) -> draft.call().setTraceId(Ids.hex(value, 32)));
        fields.put("span_id", (draft, value) -> draft.call().setSpanId(Ids.hex(value, 16)));
        fields.put("parent_span_id", (draft, value) -> draft.call().setParentSpanId(Ids.hex(value, 16)));
        fields.put("start_time", (draft, value) -> draft.call().setStartTimeUs(Values.time(value)));
        fields.put("end_time", (draft, value) -> draft.call().setEndTimeUs(Values.time(value)));
        fields.put("duration_ms", (draft, value) -> draft.call().setDurationUs(Values.micros(value)));
        fields.put("kind", (draft, value) -> draft.call().setKind(Values.word(value, KINDS)));
        fields.put("countable", (draft, value) -> {
            if (!Values.flag(value)) {
                draft.sayNotCountable();
            }
        });
    }

    private static void addModel(Map<String, Setter> fields) {
        label(fields, "operation", Call.Builder::setOperation);
        fields.put("provider", (draft, value) -> {
            String raw = Values.label(value, MAX_LABEL_CHARS);
            draft.call().setProviderRaw(raw).setProvider(Providers.normalize(raw));
        });
        label(fields, "request_model", Call.Builder::setRequestModel);
        label(fields, "model", Call.Builder::setRequestModel);
        label(fields, "response_model", Call.Builder::setResponseModel);
        label(fields, "response_id", Call.Builder::setResponseId);
        fields.put("stream", (draft, value) -> draft.call().setStream(Values.flag(value)));
        fields.put("request_params", Maps::putParameters);
    }

    private static void addTokens(Map<String, Setter> fields) {
        count(fields, "input_tokens", Call.Builder::setInputTokens);
        count(fields, "cache_read_tokens", Call.Builder::setCacheReadTokens);
        count(fields, "cache_write_tokens", Call.Builder::setCacheWriteTokens);
        count(fields, "cache_write_1h_tokens", Call.Builder::setCacheWrite1HTokens);
        count(fields, "input_audio_tokens", Call.Builder::setInputAudioTokens);
        count(fields, "input_image_tokens", Call.Builder::setInputImageTokens);
        count(fields, "output_tokens", Call.Builder::setOutputTokens);
        count(fields, "reasoning_tokens", Call.Builder::setReasoningTokens);
        count(fields, "output_audio_tokens", Call.Builder::setOutputAudioTokens);
        count(fields, "output_image_tokens", Call.Builder::setOutputImageTokens);
        count(fields, "web_searches", Call.Builder::setWebSearches);
        count(fields, "images", Call.Builder::setImages);
        count(fields, "queries", Call.Builder::setQueries);
        count(fields, "pages", Call.Builder::setPages);
        count(fields, "citation_tokens", Call.Builder::setCitationTokens);
        count(fields, "input_characters", Call.Builder::setInputCharacters);
        fields.put("input_seconds", (draft, value) -> draft.call().setInputSeconds(Values.number(value, 1e9)));
        fields.put(
                "output_video_seconds",
                (draft, value) -> draft.call().setOutputVideoSeconds(Values.number(value, 1e9)));
        fields.put("usage_state", (draft, value) -> draft.call().setUsageState(Values.word(value, USAGE_STATES)));
        fields.put("service_tier", (draft, value) -> draft.call().setServiceTier(Values.word(value, SERVICE_TIERS)));
        fields.put(
                "search_context_size",
                (draft, value) -> draft.call().setSearchContextSize(Values.word(value, CONTEXT_SIZES)));
        fields.put("reported_cost", CallFields::setReportedCost);
        fields.put("reported_cost_currency", CallFields::setCurrency);
        fields.put("currency", CallFields::setCurrency);
    }

    /** A decimal, or an object of {@code amount} and {@code currency}. */
    private static void setReportedCost(CallDraft draft, Object value) throws BadValue {
        Object amount = value;
        if (value instanceof Map<?, ?> map) {
            Object inner = map.get("amount");
            Object currency = map.get("currency");
            if (inner == null) {
                throw new BadValue("must have an amount");
            }
            if (currency != null) {
                setCurrency(draft, currency);
            }
            amount = inner;
        }
        draft.call().setReportedCost(Amounts.toProto(Values.amount(amount)));
    }

    private static void setCurrency(CallDraft draft, Object value) throws BadValue {
        String currency = Values.text(value);
        if (!currency.matches("[A-Z]{3}")) {
            throw new BadValue("must be an ISO 4217 code such as USD");
        }
        draft.call().setReportedCostCurrency(currency);
    }

    private static void addOutcome(Map<String, Setter> fields) {
        fields.put("ttft_ms", (draft, value) -> draft.call().setTtftUs(Values.micros(value)));
        fields.put("tpot_ms", (draft, value) -> draft.call().setTpotUs(Values.micros(value)));
        fields.put("status", (draft, value) -> draft.call().setStatus(Values.word(value, STATUSES)));
        label(fields, "error_type", Call.Builder::setErrorType);
        text(fields, "error_message", Call.Builder::setErrorMessage);
        fields.put("http_status", (draft, value) -> draft.call().setHttpStatus((int) Values.count(value, 100, 599)));
        fields.put("finish_reasons", Maps::addFinishReasons);
    }

    private static void addLabels(Map<String, Setter> fields) {
        fields.put("user_id", (draft, value) -> draft.call().setUserId(Values.label(value, MAX_USER_CHARS)));
        fields.put("session_id", (draft, value) -> draft.call().setSessionId(Values.label(value, MAX_USER_CHARS)));
        label(fields, "app", Call.Builder::setApp);
        label(fields, "environment", Call.Builder::setEnvironment);
        label(fields, "release", Call.Builder::setRelease);
        label(fields, "endpoint", Call.Builder::setEndpoint);
        label(fields, "variant", Call.Builder::setVariant);
        fields.put("task_id", (draft, value) -> draft.call().setTaskId(Values.label(value, MAX_ID_CHARS)));
        label(fields, "prompt_name", Call.Builder::setPromptName);
        label(fields, "prompt_version", Call.Builder::setPromptVersion);
        fields.put("tags", Maps::addTags);
        fields.put("metadata", Maps::putMetadata);
    }

    private static void addContent(Map<String, Setter> fields) {
        messages(fields, "system", "system", Call.Builder::setSystem);
        messages(fields, "input", "user", Call.Builder::setInput);
        messages(fields, "output", "assistant", Call.Builder::setOutput);
        fields.put(
                "context",
                (draft, value) -> draft.call()
                        .setContext(
                                value instanceof String text
                                        ? text
                                        : draft.json().write(value)));
        fields.put("tool_calls", Maps::addToolCalls);
    }

    private static void label(Map<String, Setter> fields, String name, BiConsumer<Call.Builder, String> field) {
        fields.put(name, (draft, value) -> field.accept(draft.call(), Values.label(value, MAX_LABEL_CHARS)));
    }

    private static void text(Map<String, Setter> fields, String name, BiConsumer<Call.Builder, String> field) {
        fields.put(name, (draft, value) -> field.accept(draft.call(), Values.text(value)));
    }

    private static void count(Map<String, Setter> fields, String name, BiConsumer<Call.Builder, Long> field) {
        fields.put(name, (draft, value) -> field.accept(draft.call(), Values.count(value, 0, Values.MAX_COUNT)));
    }

    private static void messages(
            Map<String, Setter> fields, String name, String role, BiConsumer<Call.Builder, String> field) {
        fields.put(name, (draft, value) -> {
            List<Map<String, Object>> messages = Messages.canonical(value, role, draft.json());
            if (!messages.isEmpty()) {
                field.accept(draft.call(), draft.json().write(messages));
            }
        });
    }

    private static <E extends Enum<E>> Map<String, E> words(E[] values, String prefix) {
        Map<String, E> words = new TreeMap<>();
        for (E value : values) {
            if (value.name().startsWith(prefix) && !value.name().endsWith("UNSPECIFIED")) {
                words.put(value.name().substring(prefix.length()).toLowerCase(java.util.Locale.ROOT), value);
            }
        }
        return words;
    }

    private static Map<String, String> words(String... values) {
        Map<String, String> words = new TreeMap<>();
        for (String value : values) {
            words.put(value, value);
        }
        return words;
    }

    private CallFields() {}
}
