package dev.assay.quality.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.quality.config.QualitySettings;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PruneExpiredTest {
    private final List<Instant> asked = new ArrayList<>();

    @Test
    void leavesWhatMayStillBeOnItsWay() {
        assertThat(prune(Duration.ofDays(90))
                        .prune(Instant.parse("2026-04-03T00:00:00Z"))
                        .await()
                        .indefinitely())
                .isEqualTo(7);
        assertThat(asked).containsExactly(Instant.parse("2026-01-01T00:00:00Z"));
    }

    @Test
    void refusesToKeepRowsForLessThanADay() {
        assertThat(prune(Duration.ofDays(1))).isNotNull();
        assertThatThrownBy(() -> prune(Duration.ofHours(23)))
                .hasMessageContaining("assay.quality.retention must be at least 1d, got: PT23H");
    }

    private PruneExpired prune(Duration retention) {
        return new PruneExpired(
                before -> {
                    asked.add(before);
                    return Uni.createFrom().item(7L);
                },
                new QualitySettings() {
                    @Override
                    public Duration retention() {
                        return retention;
                    }

                    @Override
                    public Duration pruneEvery() {
                        return Duration.ofHours(6);
                    }

                    @Override
                    public Duration lateWindows() {
                        return Duration.ofSeconds(1);
                    }
                });
    }
}
