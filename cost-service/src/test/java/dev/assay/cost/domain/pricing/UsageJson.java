package dev.assay.cost.domain.pricing;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Set;

/** Reads the usage objects of the case files. */
final class UsageJson {
    private static final Set<String> KNOWN = Set.of(
            "input_tokens",
            "cached_read_tokens",
            "cache_write_5m_tokens",
            "cache_write_1h_tokens",
            "input_audio_tokens",
            "input_image_tokens",
            "output_tokens",
            "reasoning_tokens",
            "reasoning_counting",
            "output_audio_tokens",
            "output_image_tokens",
            "service_tier",
            "web_searches",
            "search_context_size",
            "input_seconds",
            "input_characters",
            "images",
            "queries",
            "pages",
            "output_video_seconds",
            "citation_tokens",
            "region",
            "fast");

    private UsageJson() {}

    static Usage read(JsonNode json) {
        json.fieldNames().forEachRemaining(name -> {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException("the case has a field that this test does not read: " + name);
            }
        });
        long reasoning = json.path("reasoning_tokens").asLong(0);
        boolean additional = json.path("reasoning_counting").asText("included").equals("additional");
        return Usage.builder()
                .inputTokens(json.path("input_tokens").asLong(0))
                .cacheReadTokens(json.path("cached_read_tokens").asLong(0))
                .cacheWrite5mTokens(json.path("cache_write_5m_tokens").asLong(0))
                .cacheWrite1hTokens(json.path("cache_write_1h_tokens").asLong(0))
                .inputAudioTokens(json.path("input_audio_tokens").asLong(0))
                .inputImageTokens(json.path("input_image_tokens").asLong(0))
                .outputTokens(json.path("output_tokens").asLong(0) + (additional ? reasoning : 0))
                .reasoningTokens(reasoning)
                .outputAudioTokens(json.path("output_audio_tokens").asLong(0))
                .outputImageTokens(json.path("output_image_tokens").asLong(0))
                .citationTokens(json.path("citation_tokens").asLong(0))
                .inputSeconds(new BigDecimal(json.path("input_seconds").asText("0")))
                .outputVideoSeconds(
                        new BigDecimal(json.path("output_video_seconds").asText("0")))
                .inputCharacters(json.path("input_characters").asLong(0))
                .images(json.path("images").asLong(0))
                .queries(json.path("queries").asLong(0))
                .pages(json.path("pages").asLong(0))
                .webSearches(json.path("web_searches").asLong(0))
                .serviceTier(ServiceTier.of(json.path("service_tier").asText("standard")))
                .searchContextSize(
                        SearchContextSize.of(json.path("search_context_size").asText("")))
                .region(json.path("region").asText(""))
                .fast(json.path("fast").asBoolean(false))
                .build();
    }
}
