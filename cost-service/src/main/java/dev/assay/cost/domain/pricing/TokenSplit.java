package dev.assay.cost.domain.pricing;

/**
 * A call's tokens in disjoint classes.
 *
 * <p>Subsets may overlap in what senders tell (cached audio is both cached and audio). Cached and written tokens come
 * first, as the provider bills them at the cache's rate whatever they hold; then audio, then images, then what is left is
 * text. Parts told larger than their total prove that the total left them out: they are billed as told, and the total then
 * holds nothing else. On the output side reasoning comes first, then audio, then images.
 */
record TokenSplit(
        long inputText,
        long cacheRead,
        long cacheWrite5m,
        long cacheWrite1h,
        long inputAudio,
        long inputImage,
        long outputText,
        long reasoning,
        long outputAudio,
        long outputImage) {

    static TokenSplit of(Usage usage) {
        long left =
                usage.inputTokens() - usage.cacheReadTokens() - usage.cacheWrite5mTokens() - usage.cacheWrite1hTokens();
        left = Math.max(0, left);
        long inputAudio = Math.min(usage.inputAudioTokens(), left);
        long inputImage = Math.min(usage.inputImageTokens(), left - inputAudio);
        long inputText = left - inputAudio - inputImage;

        long outputLeft = Math.max(0, usage.outputTokens() - usage.reasoningTokens());
        long outputAudio = Math.min(usage.outputAudioTokens(), outputLeft);
        long outputImage = Math.min(usage.outputImageTokens(), outputLeft - outputAudio);
        long outputText = outputLeft - outputAudio - outputImage;
        return new TokenSplit(
                inputText,
                usage.cacheReadTokens(),
                usage.cacheWrite5mTokens(),
                usage.cacheWrite1hTokens(),
                inputAudio,
                inputImage,
                outputText,
                usage.reasoningTokens(),
                outputAudio,
                outputImage);
    }

    /** How many tokens of a class there are; zero for classes that are no tokens of input or output. */
    long of(ChargeClass chargeClass) {
        return switch (chargeClass) {
            case INPUT_TEXT -> inputText;
            case CACHE_READ -> cacheRead;
            case CACHE_WRITE_5M -> cacheWrite5m;
            case CACHE_WRITE_1H -> cacheWrite1h;
            case INPUT_AUDIO -> inputAudio;
            case INPUT_IMAGE -> inputImage;
            case OUTPUT_TEXT -> outputText;
            case REASONING -> reasoning;
            case OUTPUT_AUDIO -> outputAudio;
            case OUTPUT_IMAGE -> outputImage;
            default -> 0;
        };
    }
}
