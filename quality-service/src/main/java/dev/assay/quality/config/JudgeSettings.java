package dev.assay.quality.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** How judges are asked. Which judge a project has is its own: {@code PUT /v1/judge}. */
@ConfigMapping(prefix = "assay.judge")
public interface JudgeSettings {
    /** Hosts, each with or without a port, that judges may have although their addresses are not public. */
    Optional<Set<String>> allowedHosts();

    /** How long a judge has to answer. */
    @WithDefault("60s")
    Duration timeout();

    /** How many questions of one project are open at once, in each replica. */
    @WithDefault("4")
    @Min(1)
    @Max(64)
    int concurrency();

    /** How often a question is asked before it counts as failed. */
    @WithDefault("5")
    @Min(1)
    @Max(20)
    int attempts();

    /** How long it is waited before the second attempt; each further wait is twice as long. */
    @WithDefault("5s")
    Duration retryAfter();

    /** After so many failures in a row an endpoint is left alone. */
    @WithDefault("5")
    @Min(1)
    @Max(100)
    int failuresToPause();

    /** For how long. */
    @WithDefault("30s")
    Duration pause();

    /**
     * How long a request that asks many questions, such as a comparison of pairs or a gate run against an endpoint, goes on
     * asking. Whatever stands in front of this service must wait as long, and {@link #timeout()} more.
     */
    @WithDefault("5m")
    Duration requestDeadline();

    /** How often it is looked for responses to judge. */
    @WithDefault("1s")
    Duration every();

    /** How often a replica learns which judges the others were told of. */
    @WithDefault("2s")
    Duration refresh();
}
