package dev.assay.ingest.domain.mapping;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads a span's token fields as they were sent, before any convention is applied. */
final class TokenFields {

    static TokenUsage read(SourceSpan source) {
        Attributes attributes = source.attributes();
        TokenUsage usage = new TokenUsage();
        Map<?, ?> details = source.object(GenAiAttributes.LANGFUSE_OBSERVATION_USAGE_DETAILS);
        if (details != null) {
            UsageDetails.read(details, usage);
        }
        usage.input = orElse(usage.input, attributes, FieldNames.INPUT_TOKENS, usage);
        usage.output = orElse(usage.output, attributes, FieldNames.OUTPUT_TOKENS, usage);
        usage.total = orElse(usage.total, attributes, FieldNames.TOTAL_TOKENS, usage);
        usage.cacheRead = orElse(usage.cacheRead, attributes, FieldNames.CACHE_READ_TOKENS, usage);
        usage.cacheWrite = orElse(usage.cacheWrite, attributes, FieldNames.CACHE_WRITE_TOKENS, usage);
        usage.reasoning = orElse(usage.reasoning, attributes, FieldNames.REASONING_TOKENS, usage);
        usage.inputAudio = orElse(usage.inputAudio, attributes, FieldNames.INPUT_AUDIO_TOKENS, usage);
        usage.outputAudio = orElse(usage.outputAudio, attributes, FieldNames.OUTPUT_AUDIO_TOKENS, usage);
        usage.inputImage = count(attributes.get(GenAiAttributes.GEN_AI_USAGE_IMAGE_INPUT_TOKENS), usage);
        usage.outputImage = count(attributes.get(GenAiAttributes.GEN_AI_USAGE_IMAGE_OUTPUT_TOKENS), usage);
        readTokenDetails(source, usage);
        readProviderMetadata(source, usage);
        readVertexResponse(source, usage);
        readLiteLlmUsage(source, usage);
        return usage;
    }

    /** LangSmith and LangChain put the subsets into two JSON objects. */
    private static void readTokenDetails(SourceSpan source, TokenUsage usage) {
        Map<?, ?> input = source.object(GenAiAttributes.GEN_AI_USAGE_INPUT_TOKEN_DETAILS);
        if (input != null) {
            usage.cacheRead = orElse(usage.cacheRead, input.get("cache_read"), usage);
            usage.cacheWrite = orElse(usage.cacheWrite, input.get("cache_creation"), usage);
            usage.cacheWrite1h = orElse(usage.cacheWrite1h, input.get("ephemeral_1h_input_tokens"), usage);
            usage.inputAudio = orElse(usage.inputAudio, input.get("audio"), usage);
        }
        Map<?, ?> output = source.object(GenAiAttributes.GEN_AI_USAGE_OUTPUT_TOKEN_DETAILS);
        if (output != null) {
            usage.reasoning = orElse(usage.reasoning, output.get("reasoning"), usage);
            usage.outputAudio = orElse(usage.outputAudio, output.get("audio"), usage);
        }
    }

    /** The AI SDK passes on what the provider said, per provider. */
    private static void readProviderMetadata(SourceSpan source, TokenUsage usage) {
        Map<?, ?> metadata = source.object(GenAiAttributes.AI_RESPONSE_PROVIDER_METADATA);
        if (metadata == null) {
            return;
        }
        for (Object provider : metadata.values()) {
            Map<?, ?> said = Coercion.map(provider);
            if (said != null) {
                readProviderUsage(said, usage);
                Map<?, ?> nested = Coercion.map(said.get("usage"));
                if (nested != null) {
                    readProviderUsage(nested, usage);
                }
            }
        }
    }

    private static void readProviderUsage(Map<?, ?> said, TokenUsage usage) {
        for (String key : new String[] {"cachedPromptTokens", "cacheReadInputTokens", "cache_read_input_tokens"}) {
            usage.cacheRead = orElse(usage.cacheRead, said.get(key), usage);
        }
        for (String key :
                new String[] {"cacheCreationInputTokens", "cacheWriteInputTokens", "cache_creation_input_tokens"}) {
            usage.cacheWrite = orElse(usage.cacheWrite, said.get(key), usage);
        }
        Map<?, ?> creation = Coercion.map(said.get("cache_creation"));
        if (creation != null) {
            usage.cacheWrite1h = orElse(usage.cacheWrite1h, creation.get("ephemeral_1h_input_tokens"), usage);
        }
        usage.reasoning = orElse(usage.reasoning, said.get("reasoningTokens"), usage);
    }

    /** Google's agent kit keeps the model's usage inside the response. */
    private static void readVertexResponse(SourceSpan source, TokenUsage usage) {
        if (source.dialect() != Dialect.GOOGLE_ADK || usage.isKnown()) {
            return;
        }
        Map<?, ?> response = source.object(GenAiAttributes.GCP_VERTEX_AGENT_LLM_RESPONSE);
        Map<?, ?> said = response == null ? null : Coercion.map(response.get("usage_metadata"));
        if (said != null) {
            usage.input = count(said.get("prompt_token_count"), usage);
            usage.output = count(said.get("candidates_token_count"), usage);
            usage.total = count(said.get("total_token_count"), usage);
            usage.reasoning = orElse(usage.reasoning, said.get("thoughts_token_count"), usage);
            usage.cacheRead = orElse(usage.cacheRead, said.get("cached_content_token_count"), usage);
        }
    }

    /** LiteLLM's span has the totals alone; what they are made of is in a copy of the provider's usage. */
    private static void readLiteLlmUsage(SourceSpan source, TokenUsage usage) {
        String printed = source.attributes().text(GenAiAttributes.METADATA_USAGE_OBJECT);
        if (source.dialect() == Dialect.LITELLM && printed != null) {
            Map<?, ?> said = Coercion.map(source.json().read(ProviderUsage.jsonOfPython(printed)));
            if (said != null) {
                ProviderUsage.readSubsets(said, usage);
            }
        }
    }

    private static @Nullable Long orElse(
            @Nullable Long present, Attributes attributes, GenAiAttributes[] names, TokenUsage usage) {
        if (present != null) {
            return present;
        }
        for (GenAiAttributes name : names) {
            Long count = count(attributes.get(name), usage);
            if (count != null) {
                return count;
            }
        }
        return null;
    }

    private static @Nullable Long orElse(@Nullable Long present, @Nullable Object value, TokenUsage usage) {
        return present != null ? present : count(value, usage);
    }

    /** A token count; one that cannot be is left out and flagged. */
    static @Nullable Long count(@Nullable Object value, TokenUsage usage) {
        Long count = Coercion.count(value);
        if (count == null && value != null && Coercion.text(value) != null) {
            usage.odd(Anomalies.BAD_TOKEN_VALUE);
        }
        return count;
    }

    private TokenFields() {}
}
