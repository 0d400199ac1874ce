package dev.assay.ingest.domain.litellm;

import static dev.assay.ingest.domain.mapping.GenAiAttributes.*;

import dev.assay.ingest.domain.mapping.Attributes;
import dev.assay.ingest.domain.mapping.Coercion;
import dev.assay.ingest.domain.mapping.GenAiAttributes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says in the names of the GenAI conventions what a payload says in LiteLLM's. */
final class PayloadAttributes {
    /** Of the payload's metadata: who paid. Addresses of people's machines are left out. */
    private static final List<String> WHO = List.of(
            "user_api_key_hash",
            "user_api_key_alias",
            "user_api_key_team_id",
            "user_api_key_team_alias",
            "user_api_key_org_id",
            "user_api_key_project_id");

    private static final List<String> WHERE =
            List.of("model_group", "model_id", "api_base", "cache_hit", "saved_cache_cost", "call_type");

    /** Fields of their own. */
    private static final Set<String> NOT_METADATA = Set.of("session_id", "app", "environment", "tags");

    static Attributes of(Map<?, ?> payload, boolean cached, @Nullable Double firstTokenSeconds) {
        Attributes attributes = new Attributes();
        Map<?, ?> metadata = orEmpty(payload.get("metadata"));
        model(payload, attributes);
        usage(payload, metadata, cached, attributes);
        put(attributes, GEN_AI_REQUEST_STREAM, payload.get("stream"));
        put(attributes, GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK, firstTokenSeconds);
        put(attributes, GEN_AI_INPUT_MESSAGES, payload.get("messages"));
        put(attributes, GEN_AI_OUTPUT_MESSAGES, payload.get("response"));
        put(attributes, LLM_INVOCATION_PARAMETERS, payload.get("model_parameters"));
        put(attributes, TAG_TAGS, payload.get("request_tags"));
        error(payload, attributes);
        people(payload, metadata, attributes);
        WHO.forEach(name -> putMetadata(attributes, name, metadata.get(name)));
        WHERE.forEach(name -> putMetadata(attributes, name, payload.get(name)));
        return attributes;
    }

    private static void model(Map<?, ?> payload, Attributes attributes) {
        String provider = Coercion.text(payload.get("custom_llm_provider"));
        String model = Coercion.text(payload.get("model"));
        if (model == null) {
            model = Coercion.text(payload.get("model_group"));
        }
        if (model != null && provider != null && model.startsWith(provider + "/")) {
            model = model.substring(provider.length() + 1);
        }
        put(attributes, GEN_AI_PROVIDER_NAME, provider);
        put(attributes, GEN_AI_REQUEST_MODEL, model);
        Map<?, ?> response = orEmpty(payload.get("response"));
        put(attributes, GEN_AI_RESPONSE_MODEL, response.get("model"));
        put(attributes, GEN_AI_RESPONSE_ID, response.get("id"));
        put(attributes, OPENAI_RESPONSE_SERVICE_TIER, response.get("service_tier"));
        put(attributes, GEN_AI_OPERATION_NAME, operation(Coercion.text(payload.get("call_type"))));
    }

    /** The asynchronous form of each call type has an {@code a} before it. */
    private static String operation(@Nullable String callType) {
        return callType == null
                ? "chat"
                : switch (callType) {
                    case "completion",
                            "acompletion",
                            "responses",
                            "aresponses",
                            "anthropic_messages",
                            "generate_content",
                            "agenerate_content" -> "chat";
                    case "text_completion", "atext_completion" -> "text_completion";
                    case "embedding", "aembedding" -> "embeddings";
                    case "rerank", "arerank" -> "rerank";
                    default -> callType;
                };
    }

    private static void usage(Map<?, ?> payload, Map<?, ?> metadata, boolean cached, Attributes attributes) {
        if (cached) {
            putMetadata(attributes, "cached_prompt_tokens", payload.get("prompt_tokens"));
            putMetadata(attributes, "cached_completion_tokens", payload.get("completion_tokens"));
            return;
        }
        Map<?, ?> usage = orEmpty(metadata.get("usage_object"));
        if (usage.isEmpty()) {
            usage = orEmpty(orEmpty(payload.get("response")).get("usage"));
        }
        // a call that failed, or whose provider told nothing, has zeros for all
        if (!isZero(payload.get("total_tokens")) || !usage.isEmpty()) {
            put(attributes, GEN_AI_USAGE_INPUT_TOKENS, payload.get("prompt_tokens"));
            put(attributes, GEN_AI_USAGE_OUTPUT_TOKENS, payload.get("completion_tokens"));
            put(attributes, GEN_AI_USAGE_TOTAL_TOKENS, payload.get("total_tokens"));
        }
        Map<?, ?> input = orEmpty(usage.get("prompt_tokens_details"));
        Map<?, ?> output = orEmpty(usage.get("completion_tokens_details"));
        put(
                attributes,
                GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
                first(usage.get("cache_read_input_tokens"), input.get("cached_tokens")));
        put(
                attributes,
                GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
                first(usage.get("cache_creation_input_tokens"), input.get("cache_creation_tokens")));
        put(attributes, GEN_AI_USAGE_AUDIO_INPUT_TOKENS, input.get("audio_tokens"));
        put(attributes, GEN_AI_USAGE_IMAGE_INPUT_TOKENS, input.get("image_tokens"));
        put(attributes, GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, output.get("reasoning_tokens"));
        put(attributes, GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS, output.get("audio_tokens"));
        put(attributes, GEN_AI_COST_TOTAL_COST, payload.get("response_cost"));
    }

    private static void error(Map<?, ?> payload, Attributes attributes) {
        if (!"failure".equals(payload.get("status"))) {
            return;
        }
        Map<?, ?> information = orEmpty(payload.get("error_information"));
        put(attributes, HTTP_RESPONSE_STATUS_CODE, information.get("error_code"));
        put(attributes, ERROR_TYPE, information.get("error_class"));
        put(attributes, ERROR_MESSAGE, first(information.get("error_message"), payload.get("error_str")));
    }

    private static void people(Map<?, ?> payload, Map<?, ?> metadata, Attributes attributes) {
        put(
                attributes,
                USER_ID_KEY,
                first(
                        payload.get("end_user"),
                        metadata.get("user_api_key_end_user_id"),
                        metadata.get("user_api_key_user_id")));
        for (String name : new String[] {"requester_metadata", "spend_logs_metadata"}) {
            Map<?, ?> own = orEmpty(metadata.get(name));
            put(attributes, SESSION_ID_KEY, own.get("session_id"));
            put(attributes, SERVICE_NAME, own.get("app"));
            put(attributes, DEPLOYMENT_ENVIRONMENT_NAME, own.get("environment"));
            own.forEach((key, value) -> {
                if (!NOT_METADATA.contains(String.valueOf(key))) {
                    putMetadata(attributes, String.valueOf(key), value);
                }
            });
        }
    }

    private static boolean isZero(@Nullable Object count) {
        Long number = Coercion.count(count);
        return number == null || number == 0;
    }

    private static @Nullable Object first(@Nullable Object... values) {
        for (Object value : values) {
            if (value != null && !"".equals(value)) {
                return value;
            }
        }
        return null;
    }

    private static Map<?, ?> orEmpty(@Nullable Object value) {
        Map<?, ?> map = Coercion.map(value);
        return map == null ? Map.of() : map;
    }

    private static void put(Attributes attributes, GenAiAttributes name, @Nullable Object value) {
        if (value != null) {
            attributes.put(name, value);
        }
    }

    private static void putMetadata(Attributes attributes, String key, @Nullable Object value) {
        if (value != null) {
            attributes.putOther("metadata." + key, value);
        }
    }

    private PayloadAttributes() {}
}
