package dev.assay.quality.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long rows are kept, and how often jobs run. What concerns judges: {@link JudgeSettings}. */
@ConfigMapping(prefix = "assay.quality")
public interface QualitySettings {
    /**
     * How long rows of calls, feedback, judgements and runs are kept; at least a day, and not less than ingest-service keeps
     * events: what it still accepts would count once more. Windows stay.
     */
    @WithDefault("90d")
    Duration retention();

    /** How often what is past the retention is deleted. */
    @WithDefault("6h")
    Duration pruneEvery();

    /** How often judged scores and re-queries are folded into windows. */
    @WithDefault("1s")
    Duration lateWindows();
}
