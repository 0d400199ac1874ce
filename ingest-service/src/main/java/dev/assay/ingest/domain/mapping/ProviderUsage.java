package dev.assay.ingest.domain.mapping;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The usage object of a provider's answer, as clients pass it on whole: OpenAI's two APIs keep cached and reasoning tokens
 * in objects within it.
 */
final class ProviderUsage {

    /** Adds the subsets that are not known yet. */
    static void readSubsets(Map<?, ?> said, TokenUsage usage) {
        for (String key : new String[] {"prompt_tokens_details", "input_tokens_details"}) {
            Map<?, ?> input = Coercion.map(said.get(key));
            if (input != null) {
                usage.cacheRead = orElse(usage.cacheRead, input.get("cached_tokens"), usage);
                usage.cacheWrite = orElse(usage.cacheWrite, input.get("cache_write_tokens"), usage);
                usage.inputAudio = orElse(usage.inputAudio, input.get("audio_tokens"), usage);
            }
        }
        for (String key : new String[] {"completion_tokens_details", "output_tokens_details"}) {
            Map<?, ?> output = Coercion.map(said.get(key));
            if (output != null) {
                usage.reasoning = orElse(usage.reasoning, output.get("reasoning_tokens"), usage);
                usage.outputAudio = orElse(usage.outputAudio, output.get("audio_tokens"), usage);
            }
        }
    }

    /**
     * LiteLLM's usage object as JSON. It sends the dictionary as Python prints it; names and numbers are all that is in
     * it, so that quotes and constants are the whole difference.
     */
    static String jsonOfPython(String printed) {
        return printed.replace('\'', '"')
                .replace(": None", ": null")
                .replace(": True", ": true")
                .replace(": False", ": false");
    }

    private static @Nullable Long orElse(@Nullable Long present, @Nullable Object value, TokenUsage usage) {
        return present != null ? present : TokenFields.count(value, usage);
    }

    private ProviderUsage() {}
}
