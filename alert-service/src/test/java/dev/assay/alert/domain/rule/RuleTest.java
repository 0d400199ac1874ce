package dev.assay.alert.domain.rule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "0s, 0", "90s, 90", "5m, 300", "1h, 3600", "1h30m, 5400", "1d, 86400", "2w, 1209600"})
    void aDurationIsWhatItSays(String text, long seconds) {
        assertThat(DurationText.parse("for", text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "5", "m", "-5m", "5 m", "5M", "1.5h", "PT5M", "5m1h", "999999999999m", "five"})
    void anythingElseIsNoDuration(String text) {
        assertThatThrownBy(() -> DurationText.parse("for", text))
                .isInstanceOf(InvalidRule.class)
                .hasMessageStartingWith("for must be a duration like 90s, 5m, 1h or 1d, got: ");
    }

    @ParameterizedTest
    @CsvSource({"0, 0s", "60, 1m", "90, 1m30s", "86400, 1d", "604800, 7d", "5400, 1h30m"})
    void aDurationIsWrittenShortly(long seconds, String text) {
        assertThat(DurationText.format(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @Test
    void aWindowStartsWhereItShould() {
        assertThat(RuleWindow.parse("5m").start(1_000)).isEqualTo(995);
        assertThat(RuleWindow.parse("1h").start(1_001)).isEqualTo(941);
        assertThat(RuleWindow.parse("2h").start(1_001)).isEqualTo(870); // 881, down to the quarter hour
        assertThat(RuleWindow.DAY.start(1_440)).isEqualTo(0);
        assertThat(RuleWindow.DAY.start(1_441)).isEqualTo(1_440);
        assertThat(RuleWindow.DAY.restartsBetween(1_440, 1_441)).isTrue();
        assertThat(RuleWindow.DAY.restartsBetween(1_439, 1_440)).isFalse();
        assertThat(RuleWindow.parse("1d").restartsBetween(1_440, 1_441)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "30s", "90s", "8d", "10000d"})
    void aWindowIsWholeMinutesWithinAWeek(String text) {
        assertThatThrownBy(() -> RuleWindow.parse(text))
                .isInstanceOfSatisfying(
                        InvalidRule.class, e -> assertThat(e.field()).isEqualTo("window"));
    }

    @Test
    void aBaselineIsTheMiddleOrTheMean() {
        assertThat(Baseline.MOVING_MEDIAN.of(new double[] {9, 1, 2})).isEqualTo(2);
        assertThat(Baseline.MOVING_MEDIAN.of(new double[] {9, 1, 2, 4})).isEqualTo(3);
        assertThat(Baseline.MOVING_AVERAGE.of(new double[] {9, 1, 2, 4})).isEqualTo(4);
    }

    @Test
    void theDefaultsAreTheGuidesSevenAndItsOperationsThresholds() {
        assertThat(DefaultRules.all())
                .extracting(rule ->
                        rule.name() + " " + rule.metric() + " " + rule.op().symbol() + " "
                                + DurationText.format(rule.forDuration()) + " "
                                + rule.severity().wireName())
                .containsExactly(
                        "Quality drop accuracy_ratio < 1h critical",
                        "Latency spike latency_p95_ms > 15m high",
                        "Cost anomaly list_cost > 0s medium",
                        "Error rate error_rate > 5m critical",
                        "Safety violation toxic_page_responses > 0s critical",
                        "User satisfaction csat_mean < 1d high",
                        "Capacity warning utilization_ratio > 30m medium",
                        "Time to first token ttft_p50_ms > 5m medium",
                        "Time per output token tpot_p50_ms > 5m medium",
                        "Median latency latency_p50_ms > 5m medium",
                        "p95 latency latency_p95_ms > 5m medium",
                        "p99 latency latency_p99_ms > 5m medium",
                        "Throughput drop throughput_rps < 15m medium",
                        "Uptime uptime_ratio < 0s high");
    }
}
