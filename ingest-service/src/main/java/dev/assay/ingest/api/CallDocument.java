package dev.assay.ingest.api;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A call as {@code POST /v1/calls} takes it, for the API's documentation; the entrance reads it without making one. Fields
 * that are not listed stay as metadata.
 */
@Schema(name = "Call", description = "Required: start_time and a model. Unknown fields become metadata.")
@SuppressWarnings("unused")
record CallDocument(
        @Schema(description = "Idempotency key, up to 200 characters; made when absent") @Nullable
        String event_id,

        @Nullable String trace_id,
        @Nullable String span_id,
        @Nullable String parent_span_id,
        @Schema(required = true, description = "RFC 3339") String start_time,

        @Schema(description = "RFC 3339; or give duration_ms") @Nullable
        String end_time,

        @Nullable Double duration_ms,

        @Schema(
                enumeration = {
                    "llm",
                    "embedding",
                    "tool",
                    "agent",
                    "chain",
                    "retriever",
                    "reranker",
                    "guardrail",
                    "evaluator",
                    "other"
                })
        @Nullable
        String kind,

        @Nullable String operation,
        @Nullable String provider,

        @Schema(description = "Required, or response_model") @Nullable
        String request_model,

        @Nullable String response_model,
        @Nullable String response_id,
        @Nullable Boolean stream,

        @Schema(description = "Total, cached and cache-written tokens included") @Nullable
        Long input_tokens,

        @Schema(description = "Part of input_tokens") @Nullable
        Long cache_read_tokens,

        @Schema(description = "Part of input_tokens") @Nullable
        Long cache_write_tokens,

        @Schema(description = "Part of cache_write_tokens") @Nullable
        Long cache_write_1h_tokens,

        @Schema(description = "Part of input_tokens") @Nullable
        Long input_audio_tokens,

        @Schema(description = "Part of input_tokens") @Nullable
        Long input_image_tokens,

        @Schema(description = "Total, reasoning included") @Nullable
        Long output_tokens,

        @Schema(description = "Part of output_tokens") @Nullable
        Long reasoning_tokens,

        @Schema(description = "Part of output_tokens") @Nullable
        Long output_audio_tokens,

        @Schema(description = "Part of output_tokens") @Nullable
        Long output_image_tokens,

        @Schema(enumeration = {"reported", "estimated", "missing"}) @Nullable
        String usage_state,

        @Nullable Double ttft_ms,
        @Nullable Double tpot_ms,
        @Schema(enumeration = {"ok", "error"}) @Nullable String status,
        @Nullable String error_type,
        @Nullable String error_message,
        @Nullable Integer http_status,
        @Nullable List<String> finish_reasons,
        @Nullable String user_id,
        @Nullable String session_id,
        @Nullable String app,
        @Nullable String environment,
        @Nullable String release,
        @Nullable String endpoint,
        @Nullable String variant,
        @Nullable String task_id,
        @Nullable String prompt_name,
        @Nullable String prompt_version,
        @Nullable List<String> tags,
        @Nullable Map<String, String> metadata,
        @Nullable Map<String, String> request_params,

        @Schema(description = "Messages in any common shape, or text") @Nullable
        Object system,

        @Schema(description = "Messages in any common shape, or text") @Nullable
        Object input,

        @Schema(description = "Messages in any common shape, or text") @Nullable
        Object output,

        @Schema(description = "What the answer had to rest on") @Nullable
        String context,

        @Nullable List<ToolCallDocument> tool_calls,
        @Schema(description = "Decimal, as text") @Nullable String reported_cost,
        @Nullable String reported_cost_currency,

        @Schema(enumeration = {"standard", "batch", "flex", "priority"}) @Nullable
        String service_tier,

        @Schema(enumeration = {"low", "medium", "high"}) @Nullable
        String search_context_size,

        @Nullable Long web_searches,
        @Nullable Long images,
        @Nullable Long queries,
        @Nullable Long pages,
        @Nullable Long citation_tokens,
        @Nullable Long input_characters,
        @Nullable Double input_seconds,
        @Nullable Double output_video_seconds) {

    /** A tool that the model asked for; {@code arguments} is JSON text or an object. */
    @Schema(name = "ToolCall")
    record ToolCallDocument(
            @Nullable String id, String name, @Nullable Object arguments) {}
}
