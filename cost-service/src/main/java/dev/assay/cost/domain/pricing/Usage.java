package dev.assay.cost.domain.pricing;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * What one call used, as its sender told it: token totals with their subsets, counted units, and the terms it ran under.
 *
 * <p>{@code inputTokens} is the total, with cached, written, audio and image tokens in it; {@code outputTokens} the total
 * with reasoning, audio and image tokens in it. {@link TokenSplit} makes them disjoint. Quantities that were not told are
 * zero here: whether usage is known at all is decided before.
 *
 * @param region where the provider processed the call ({@code eu}, {@code us}), or empty
 * @param fast whether the provider's surcharged fast mode was used
 */
public record Usage(
        long inputTokens,
        long cacheReadTokens,
        long cacheWrite5mTokens,
        long cacheWrite1hTokens,
        long inputAudioTokens,
        long inputImageTokens,
        long outputTokens,
        long reasoningTokens,
        long outputAudioTokens,
        long outputImageTokens,
        long citationTokens,
        BigDecimal inputSeconds,
        BigDecimal outputVideoSeconds,
        long inputCharacters,
        long images,
        long queries,
        long pages,
        long webSearches,
        ServiceTier serviceTier,
        SearchContextSize searchContextSize,
        String region,
        boolean fast) {

    public Usage {
        notNegative("inputTokens", inputTokens);
        notNegative("cacheReadTokens", cacheReadTokens);
        notNegative("cacheWrite5mTokens", cacheWrite5mTokens);
        notNegative("cacheWrite1hTokens", cacheWrite1hTokens);
        notNegative("inputAudioTokens", inputAudioTokens);
        notNegative("inputImageTokens", inputImageTokens);
        notNegative("outputTokens", outputTokens);
        notNegative("reasoningTokens", reasoningTokens);
        notNegative("outputAudioTokens", outputAudioTokens);
        notNegative("outputImageTokens", outputImageTokens);
        notNegative("citationTokens", citationTokens);
        notNegative("inputSeconds", inputSeconds.signum());
        notNegative("outputVideoSeconds", outputVideoSeconds.signum());
        notNegative("inputCharacters", inputCharacters);
        notNegative("images", images);
        notNegative("queries", queries);
        notNegative("pages", pages);
        notNegative("webSearches", webSearches);
        region = region.toLowerCase(Locale.ROOT);
    }

    /** A usage of nothing, at standard terms; the start of every other one. */
    public static UsageBuilder builder() {
        return new UsageBuilder();
    }

    /** Input and output tokens together. */
    public long totalTokens() {
        return Math.addExact(inputTokens, outputTokens);
    }

    private static void notNegative(String field, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(field + " must be >= 0, got: " + value);
        }
    }
}
