package dev.assay.cost.app;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.cost.domain.pricing.SearchContextSize;
import dev.assay.cost.domain.pricing.ServiceTier;
import dev.assay.cost.domain.pricing.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Reads what a call used from its event.
 *
 * <p>A total that was not told is the sum of the parts that were. More reasoning than output proves that the sender reports
 * reasoning beside the output, so it is added to it.
 */
final class CallUsage {
    private static final int NANO_SCALE = 9;
    private static final String REGION = "inference_geo";
    private static final String SPEED = "speed";

    /** Request parameters (or metadata) that change the price. */
    static final List<String> PRICING_PARAMETERS = List.of(REGION, SPEED);

    private CallUsage() {}

    /** Whether the sender told any quantity at all. */
    static boolean isTold(Call call) {
        return call.hasInputTokens()
                || call.hasOutputTokens()
                || call.hasCacheReadTokens()
                || call.hasCacheWriteTokens()
                || call.hasCacheWrite1HTokens()
                || call.hasInputAudioTokens()
                || call.hasInputImageTokens()
                || call.hasReasoningTokens()
                || call.hasOutputAudioTokens()
                || call.hasOutputImageTokens()
                || call.hasCitationTokens()
                || call.hasWebSearches()
                || call.hasImages()
                || call.hasQueries()
                || call.hasPages()
                || call.hasInputCharacters()
                || call.hasInputSeconds()
                || call.hasOutputVideoSeconds();
    }

    static Usage of(Call call) {
        long written = Math.max(call.getCacheWriteTokens(), call.getCacheWrite1HTokens());
        return Usage.builder()
                .inputTokens(inputTokens(call, written))
                .cacheReadTokens(call.getCacheReadTokens())
                .cacheWrite5mTokens(written - call.getCacheWrite1HTokens())
                .cacheWrite1hTokens(call.getCacheWrite1HTokens())
                .inputAudioTokens(call.getInputAudioTokens())
                .inputImageTokens(call.getInputImageTokens())
                .outputTokens(outputTokens(call))
                .reasoningTokens(call.getReasoningTokens())
                .outputAudioTokens(call.getOutputAudioTokens())
                .outputImageTokens(call.getOutputImageTokens())
                .citationTokens(call.getCitationTokens())
                .inputSeconds(seconds(call.getInputSeconds()))
                .outputVideoSeconds(seconds(call.getOutputVideoSeconds()))
                .inputCharacters(call.getInputCharacters())
                .images(call.getImages())
                .queries(call.getQueries())
                .pages(call.getPages())
                .webSearches(call.getWebSearches())
                .serviceTier(ServiceTier.of(call.getServiceTier()))
                .searchContextSize(SearchContextSize.of(call.getSearchContextSize()))
                .region(told(call, REGION))
                .fast(told(call, SPEED).equals("fast"))
                .build();
    }

    private static long inputTokens(Call call, long written) {
        return call.hasInputTokens()
                ? call.getInputTokens()
                : call.getCacheReadTokens() + written + call.getInputAudioTokens() + call.getInputImageTokens();
    }

    private static long outputTokens(Call call) {
        long reasoning = call.getReasoningTokens();
        if (!call.hasOutputTokens()) {
            return reasoning + call.getOutputAudioTokens() + call.getOutputImageTokens();
        }
        return reasoning > call.getOutputTokens() ? call.getOutputTokens() + reasoning : call.getOutputTokens();
    }

    /** The decimal as it was written, to the nanosecond: 61.5 is 61.5. */
    private static BigDecimal seconds(double value) {
        BigDecimal exact = BigDecimal.valueOf(value);
        return exact.scale() > NANO_SCALE ? exact.setScale(NANO_SCALE, RoundingMode.HALF_EVEN) : exact;
    }

    /** A request parameter, or what metadata says in its place; empty if neither does. */
    static String told(Call call, String name) {
        return call.getRequestParamsOrDefault(name, call.getMetadataOrDefault(name, ""));
    }
}
