package dev.assay.ingest.domain.mapping;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Langfuse's usage object, whose keys may be disjoint parts or a whole with its subsets.
 *
 * <p>Its own SDK sends parts: {@code input} 9, {@code input_cached_tokens} 16 and {@code total} 37 for a call of 25 and 12.
 * Hand-written usage is often the whole: the total tells them apart, and where there is none, parts are assumed and
 * the call is flagged. Its Python SDK passes on OpenAI's usage object as it is.
 */
final class UsageDetails {

    static void read(Map<?, ?> details, TokenUsage usage) {
        Long plainInput = first(details, usage, "input", "input_tokens", "prompt_tokens", "promptTokens");
        Long plainOutput = first(details, usage, "output", "output_tokens", "completion_tokens", "completionTokens");
        long inputParts = 0;
        long outputParts = 0;
        boolean anyInput = false;
        boolean anyOutput = false;
        for (Map.Entry<?, ?> entry : details.entrySet()) {
            String key = String.valueOf(entry.getKey());
            Long count = isTotal(key) ? null : Coercion.count(entry.getValue());
            if (count == null) {
                continue;
            }
            if (isInput(key)) {
                inputParts += count;
                anyInput = true;
            } else if (isOutput(key)) {
                outputParts += count;
                anyOutput = true;
            }
        }
        readSubsets(details, usage);
        usage.total = first(details, usage, "total", "total_tokens", "totalTokens");
        if (isWhole(usage, plainInput, plainOutput, inputParts + outputParts)) {
            usage.input = plainInput;
            usage.output = plainOutput;
        } else {
            usage.input = anyInput ? (Long) inputParts : null;
            usage.output = anyOutput ? (Long) outputParts : null;
        }
        if (usage.total == null && usage.cached() > 0) {
            usage.odd(Anomalies.USAGE_UNDECIDABLE);
        }
    }

    private static boolean isWhole(
            TokenUsage usage, @Nullable Long plainInput, @Nullable Long plainOutput, long partsSum) {
        long plainSum = TokenUsage.orZero(plainInput) + TokenUsage.orZero(plainOutput);
        return usage.total != null && plainSum == usage.total && partsSum != usage.total;
    }

    private static void readSubsets(Map<?, ?> details, TokenUsage usage) {
        usage.cacheRead = first(
                details,
                usage,
                "input_cached_tokens",
                "cache_read_input_tokens",
                "input_cache_read",
                "input_cache_read_tokens");
        usage.cacheWrite = first(
                details,
                usage,
                "input_cache_creation",
                "cache_creation_input_tokens",
                "input_cache_creation_tokens",
                "input_cache_write");
        usage.cacheWrite1h = first(details, usage, "ephemeral_1h_input_tokens", "input_cache_creation_1h");
        usage.reasoning = first(details, usage, "output_reasoning_tokens", "output_reasoning");
        usage.inputAudio = first(details, usage, "input_audio_tokens", "input_audio");
        usage.outputAudio = first(details, usage, "output_audio_tokens", "output_audio");
        ProviderUsage.readSubsets(details, usage);
    }

    private static @Nullable Long first(Map<?, ?> details, TokenUsage usage, String... keys) {
        for (String key : keys) {
            Long count = TokenFields.count(details.get(key), usage);
            if (count != null) {
                return count;
            }
        }
        return null;
    }

    private static boolean isTotal(String key) {
        return key.startsWith("total");
    }

    private static boolean isInput(String key) {
        return key.startsWith("input")
                || key.startsWith("prompt")
                || key.contains("cache_read")
                || key.contains("cache_creation");
    }

    private static boolean isOutput(String key) {
        return key.startsWith("output") || key.startsWith("completion");
    }

    private UsageDetails() {}
}
