package dev.assay.dashboard.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeTest {
    private static final Instant NOW = Instant.parse("2026-11-24T14:05:21Z");

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        "now-15m, now, 2026-11-24T13:50:00Z, 2026-11-24T14:06:00Z", // the minute that runs counts
        "now-7d, now, 2026-11-17T14:05:00Z, 2026-11-24T14:06:00Z",
        "now-1w, now+1h, 2026-11-17T14:05:00Z, 2026-11-24T15:06:00Z",
        "2026-11-01T00:00:00Z, 2026-11-02T00:00:00Z, 2026-11-01T00:00:00Z, 2026-11-02T00:00:00Z",
        "2026-11-01T01:00:30+01:00, 2026-11-02T00:00:01Z, 2026-11-01T00:00:00Z, 2026-11-02T00:01:00Z",
    })
    void isReadInWholeMinutes(String from, String to, Instant start, Instant end) {
        assertThat(Range.parse(from, to, NOW)).isEqualTo(new Range(start, end));
    }

    @ParameterizedTest(name = "from {0} a step is {1}")
    @CsvSource({"now-15m, 1m", "now-2h, 1m", "now-24h, 1h", "now-7d, 1h", "now-30d, 1d", "now-399d, 1d"})
    void choosesAStepThatDrawsWell(String from, String step) {
        assertThat(Range.parse(from, "now", NOW).step()).isEqualTo(step);
    }

    @ParameterizedTest
    @CsvSource({"now, now-1h, from", "tomorrow, now, from", "now-1h, 2026-11-31T00:00:00Z, to", "now-401d, now, from"})
    void refusesWhatIsNoRange(String from, String to, String field) {
        assertThatThrownBy(() -> Range.parse(from, to, NOW))
                .isInstanceOfSatisfying(
                        InvalidParameter.class,
                        invalid -> assertThat(invalid.parameter()).isEqualTo(field));
    }

    @Test
    void emptyFiltersAreNone() {
        assertThat(new Filters("", null, "gpt-4o")).isEqualTo(new Filters(null, null, "gpt-4o"));
    }
}
