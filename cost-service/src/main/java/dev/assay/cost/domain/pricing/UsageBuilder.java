package dev.assay.cost.domain.pricing;

import java.math.BigDecimal;

/** Puts a {@link Usage} together name by name, as it has too many parts to tell apart by position. */
public final class UsageBuilder {
    private long inputTokens;
    private long cacheReadTokens;
    private long cacheWrite5mTokens;
    private long cacheWrite1hTokens;
    private long inputAudioTokens;
    private long inputImageTokens;
    private long outputTokens;
    private long reasoningTokens;
    private long outputAudioTokens;
    private long outputImageTokens;
    private long citationTokens;
    private BigDecimal inputSeconds = BigDecimal.ZERO;
    private BigDecimal outputVideoSeconds = BigDecimal.ZERO;
    private long inputCharacters;
    private long images;
    private long queries;
    private long pages;
    private long webSearches;
    private ServiceTier serviceTier = ServiceTier.STANDARD;
    private SearchContextSize searchContextSize = SearchContextSize.MEDIUM;
    private String region = "";
    private boolean fast;

    UsageBuilder() {}

    /** All input tokens. */
    public UsageBuilder inputTokens(long value) {
        inputTokens = value;
        return this;
    }

    /** Those of the input read from a prompt cache. */
    public UsageBuilder cacheReadTokens(long value) {
        cacheReadTokens = value;
        return this;
    }

    /** Those of the input written to a five-minute (or the only) cache. */
    public UsageBuilder cacheWrite5mTokens(long value) {
        cacheWrite5mTokens = value;
        return this;
    }

    /** Those of the input written to a one-hour cache. */
    public UsageBuilder cacheWrite1hTokens(long value) {
        cacheWrite1hTokens = value;
        return this;
    }

    /** Those of the input that are audio. */
    public UsageBuilder inputAudioTokens(long value) {
        inputAudioTokens = value;
        return this;
    }

    /** Those of the input that are images. */
    public UsageBuilder inputImageTokens(long value) {
        inputImageTokens = value;
        return this;
    }

    /** All output tokens. */
    public UsageBuilder outputTokens(long value) {
        outputTokens = value;
        return this;
    }

    /** Those of the output spent on reasoning. */
    public UsageBuilder reasoningTokens(long value) {
        reasoningTokens = value;
        return this;
    }

    /** Those of the output that are audio. */
    public UsageBuilder outputAudioTokens(long value) {
        outputAudioTokens = value;
        return this;
    }

    /** Those of the output that are images. */
    public UsageBuilder outputImageTokens(long value) {
        outputImageTokens = value;
        return this;
    }

    /** Tokens of cited sources, billed beside input and output by the providers that bill them. */
    public UsageBuilder citationTokens(long value) {
        citationTokens = value;
        return this;
    }

    /** Seconds of audio or video sent. */
    public UsageBuilder inputSeconds(BigDecimal value) {
        inputSeconds = value;
        return this;
    }

    /** Seconds of video made. */
    public UsageBuilder outputVideoSeconds(BigDecimal value) {
        outputVideoSeconds = value;
        return this;
    }

    /** Characters sent, for speech. */
    public UsageBuilder inputCharacters(long value) {
        inputCharacters = value;
        return this;
    }

    /** Images made or, where the rate card prices images sent, sent. */
    public UsageBuilder images(long value) {
        images = value;
        return this;
    }

    /** Rerank or search queries. */
    public UsageBuilder queries(long value) {
        queries = value;
        return this;
    }

    /** Pages read. */
    public UsageBuilder pages(long value) {
        pages = value;
        return this;
    }

    /** Web searches that the provider ran and bills. */
    public UsageBuilder webSearches(long value) {
        webSearches = value;
        return this;
    }

    /** The service tier. */
    public UsageBuilder serviceTier(ServiceTier value) {
        serviceTier = value;
        return this;
    }

    /** The size of the web searches. */
    public UsageBuilder searchContextSize(SearchContextSize value) {
        searchContextSize = value;
        return this;
    }

    /** Where the call was processed, if the provider was bound to a region. */
    public UsageBuilder region(String value) {
        region = value;
        return this;
    }

    /** Whether the provider's fast mode was on. */
    public UsageBuilder fast(boolean value) {
        fast = value;
        return this;
    }

    /** The usage. */
    public Usage build() {
        return new Usage(
                inputTokens,
                cacheReadTokens,
                cacheWrite5mTokens,
                cacheWrite1hTokens,
                inputAudioTokens,
                inputImageTokens,
                outputTokens,
                reasoningTokens,
                outputAudioTokens,
                outputImageTokens,
                citationTokens,
                inputSeconds,
                outputVideoSeconds,
                inputCharacters,
                images,
                queries,
                pages,
                webSearches,
                serviceTier,
                searchContextSize,
                region,
                fast);
    }
}
