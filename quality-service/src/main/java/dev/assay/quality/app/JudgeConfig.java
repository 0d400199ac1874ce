package dev.assay.quality.app;

import dev.assay.quality.domain.judge.DailyCap;
import dev.assay.quality.domain.judge.JudgePrompt;
import dev.assay.quality.domain.judge.Rubric;
import dev.assay.quality.domain.judge.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * A project's judge.
 *
 * @param url the base URL of an OpenAI-compatible endpoint
 * @param key sent as a bearer token; null for none
 * @param rubric its version is part of the epoch
 * @param enabled whether responses are sampled and judged
 * @param cap how much it may be asked in a day
 */
public record JudgeConfig(
        String tenant,
        String url,
        String model,
        @Nullable String key,
        Rubric rubric,
        Sampling sampling,
        boolean enabled,
        DailyCap cap) {

    /** All that makes scores comparable: model, rubric, prompt and sampling. Where the endpoint is does not belong to it. */
    public String epoch() {
        return model + "|" + rubric.name() + "@" + rubric.version() + "|" + JudgePrompt.VERSION + "|" + sampling.text();
    }

    @Override
    public String toString() {
        return "JudgeConfig[" + tenant + ", " + epoch() + "]"; // never the key
    }
}
