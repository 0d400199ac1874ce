package dev.assay.client;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model. Names and meanings are those of {@code POST /v1/calls}, which are OpenTelemetry's where it has any.
 *
 * <p>Its {@code event_id} is made here, so that a batch that is sent again after a broken connection counts once. What is
 * not set is not known: tokens that were never reported are not zero.
 */
public final class LlmCall implements Event {
    private final JsonFields fields;

    private LlmCall(JsonFields fields) {
        this.fields = fields;
    }

    /**
     * A call under construction.
     *
     * @param model the model that was asked for
     * @param startTime when the request went out
     */
    public static Builder of(String model, Instant startTime) {
        return new Builder(Objects.requireNonNull(model, "model"), Objects.requireNonNull(startTime, "startTime"));
    }

    /** What duplicates are found by, and what feedback names. */
    public String eventId() {
        return String.valueOf(fields.get("event_id"));
    }

    @Override
    public String path() {
        return "/v1/calls";
    }

    @Override
    public byte[] toLine() {
        return fields.toLine();
    }

    /** Sets what is known of a call. Not for several threads at once. */
    public static final class Builder {
        private final JsonFields fields = new JsonFields();

        private Builder(String model, Instant startTime) {
            fields.set("event_id", UUID.randomUUID().toString());
            fields.set("request_model", model);
            fields.set("start_time", startTime);
        }

        /** An id of one's own, up to 200 characters, the same for every report of this call. */
        public Builder eventId(String eventId) {
            return set("event_id", Objects.requireNonNull(eventId, "eventId"));
        }

        /** From request to last token. */
        public Builder duration(Duration duration) {
            return set("duration_ms", milliseconds(duration));
        }

        /** From request to first token. */
        public Builder timeToFirstToken(Duration duration) {
            return set("ttft_ms", milliseconds(duration));
        }

        /** As OpenTelemetry names it: {@code openai}, {@code anthropic}, {@code aws.bedrock}. */
        public Builder provider(@Nullable String provider) {
            return set("provider", provider);
        }

        /** The model that answered, which may be more precise than the one asked for. */
        public Builder responseModel(@Nullable String model) {
            return set("response_model", model);
        }

        public Builder responseId(@Nullable String id) {
            return set("response_id", id);
        }

        /** All input tokens, cached ones included. */
        public Builder inputTokens(@Nullable Long tokens) {
            return set("input_tokens", tokens);
        }

        /** The part of the input tokens that came from the provider's cache. */
        public Builder cacheReadTokens(@Nullable Long tokens) {
            return set("cache_read_tokens", tokens);
        }

        /** The part of the input tokens that was written to the provider's cache. */
        public Builder cacheWriteTokens(@Nullable Long tokens) {
            return set("cache_write_tokens", tokens);
        }

        /** All output tokens, reasoning included. */
        public Builder outputTokens(@Nullable Long tokens) {
            return set("output_tokens", tokens);
        }

        /** The part of the output tokens that was reasoning. */
        public Builder reasoningTokens(@Nullable Long tokens) {
            return set("reasoning_tokens", tokens);
        }

        public Builder stream(boolean stream) {
            return set("stream", stream);
        }

        /**
         * The call failed.
         *
         * @param type a code or class such as {@code rate_limit_exceeded}; {@code cancelled} when the user went away
         */
        public Builder error(String type, @Nullable String message) {
            return set("status", "error").set("error_type", type).set("error_message", message);
        }

        public Builder httpStatus(int status) {
            return set("http_status", status);
        }

        public Builder finishReason(String reason) {
            return set("finish_reasons", List.of(reason));
        }

        public Builder app(@Nullable String app) {
            return set("app", app);
        }

        public Builder environment(@Nullable String environment) {
            return set("environment", environment);
        }

        public Builder endpoint(@Nullable String endpoint) {
            return set("endpoint", endpoint);
        }

        /** The branch of an experiment. */
        public Builder variant(@Nullable String variant) {
            return set("variant", variant);
        }

        public Builder promptVersion(@Nullable String version) {
            return set("prompt_version", version);
        }

        public Builder userId(@Nullable String userId) {
            return set("user_id", userId);
        }

        public Builder sessionId(@Nullable String sessionId) {
            return set("session_id", sessionId);
        }

        /** The task that this call serves; its outcome makes cost per successful task. */
        public Builder taskId(@Nullable String taskId) {
            return set("task_id", taskId);
        }

        /** The prompt: text, or messages in any common shape as lists and maps. Quality KPIs need it. */
        public Builder input(@Nullable Object input) {
            return set("input", input);
        }

        /** The answer: text, or messages in any common shape as lists and maps. */
        public Builder output(@Nullable Object output) {
            return set("output", output);
        }

        /** What the answer had to rest on. */
        public Builder context(@Nullable String context) {
            return set("context", context);
        }

        public Builder metadata(Map<String, String> metadata) {
            return set("metadata", metadata);
        }

        public Builder tags(List<String> tags) {
            return set("tags", tags);
        }

        /** What the provider or gateway said that it cost; kept beside the computed list cost. */
        public Builder reportedCost(BigDecimal amount, String currency) {
            return set("reported_cost", amount).set("reported_cost_currency", currency);
        }

        /**
         * Any other field of the API by its name: text, {@code Long}, {@code Double}, {@code Boolean}, {@code BigDecimal},
         * {@code Instant}, {@code List} or {@code Map} of these. Null takes a field away.
         */
        public Builder set(String field, @Nullable Object value) {
            fields.set(field, value);
            return this;
        }

        /** The call as it is known by now; the builder may be used on. */
        public LlmCall build() {
            return new LlmCall(new JsonFields(fields));
        }

        private static double milliseconds(Duration duration) {
            return duration.toNanos() / 1e6;
        }
    }
}
