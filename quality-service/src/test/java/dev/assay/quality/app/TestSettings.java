package dev.assay.quality.app;

import dev.assay.quality.config.JudgeSettings;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** One question at a time; a single failure pauses an endpoint for long. */
class TestSettings implements JudgeSettings {
    @Override
    public Optional<Set<String>> allowedHosts() {
        return Optional.empty();
    }

    @Override
    public Duration timeout() {
        return Duration.ofSeconds(1);
    }

    @Override
    public int concurrency() {
        return 1;
    }

    @Override
    public int attempts() {
        return 1;
    }

    @Override
    public Duration retryAfter() {
        return Duration.ofMillis(1);
    }

    @Override
    public int failuresToPause() {
        return 1;
    }

    @Override
    public Duration pause() {
        return Duration.ofHours(1);
    }

    @Override
    public Duration every() {
        return Duration.ZERO;
    }

    @Override
    public Duration refresh() {
        return Duration.ZERO;
    }

    @Override
    public Duration requestDeadline() {
        return Duration.ofMinutes(1);
    }
}
