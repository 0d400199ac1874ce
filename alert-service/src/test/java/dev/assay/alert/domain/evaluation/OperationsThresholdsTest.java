package dev.assay.alert.domain.evaluation;

import static dev.assay.alert.domain.evaluation.Scenario.NOON;
import static dev.assay.alert.domain.evaluation.Scenario.defaultRule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.kpi.v1.Measure;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The thresholds of the guide's operations table in a story each. */
class OperationsThresholdsTest {
    private static final int WEEK = 7 * 24 * 60;

    private static List<String> phases(GroupEvaluation.Outcome outcome) {
        return outcome.transitions().stream()
                .map(transition -> transition.state().phase().wireName())
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "ttft, MEASURE_TTFT, 900, 1100",
        "tpot, MEASURE_TPOT, 90, 110",
        "latency-p50, MEASURE_LATENCY, 2800, 3200",
        "latency-p95, MEASURE_LATENCY, 7500, 8500",
        "latency-p99, MEASURE_LATENCY, 14000, 16000",
    })
    void slowCallsFireAfterFiveMinutesOverTheLimitAndResolve(String id, Measure measure, long within, long over) {
        Scenario story = new Scenario()
                .durations(measure, NOON - 30, NOON, 10, within)
                .durations(measure, NOON, NOON + 15, 10, over)
                .durations(measure, NOON + 15, NOON + 40, 10, within);

        GroupEvaluation.Outcome outcome = story.run(defaultRule(id), NOON - 10, NOON + 40);

        assertThat(phases(outcome)).containsExactly("inactive", "pending", "firing", "resolved");
        long pending = outcome.transitions().get(1).at();
        assertThat(pending).isBetween(NOON + 1, NOON + 5);
        assertThat(outcome.transitions().get(2).at()).isEqualTo(pending + 5);
    }

    @Test
    void throughputFiresWhenUnderHalfOfTheSameHourOfTheWeeksBefore() {
        Scenario story = new Scenario();
        for (int week = 1; week <= 2; week++) {
            story.calls(NOON - week * WEEK - 120, NOON - week * WEEK + 180, 100, 0);
        }
        story.calls(NOON - 60, NOON, 90, 0).calls(NOON, NOON + 90, 20, 0);

        GroupEvaluation.Outcome outcome = story.run(defaultRule("throughput"), NOON - 5, NOON + 80);

        assertThat(phases(outcome)).containsExactly("inactive", "pending", "firing");
        // 15 minutes with 90 a minute until noon and 20 from then on are under 50 a minute after 9 of them
        assertThat(outcome.transitions().get(1).at()).isEqualTo(NOON + 9);
        assertThat(outcome.transitions().get(2).at()).isEqualTo(NOON + 24);
    }

    @Test
    void throughputIsUnknownWithoutTwoWeeksOfHistory() {
        Scenario story = new Scenario().calls(NOON - WEEK - 120, NOON + 60, 100, 0);

        assertThat(story.run(defaultRule("throughput"), NOON, NOON + 30).last())
                .isEqualTo(new Observation.Missing("not enough history: 1 of 2 weeks"));
    }

    @Test
    void uptimeFiresForOneDownMinuteInAnHourAndUnknownMinutesAreNotUp() {
        Scenario story = new Scenario().calls(NOON - 60, NOON, 10, 0).calls(NOON, NOON + 1, 10, 10);
        story.calls(NOON + 1, NOON + 120, 10, 0);
        Scenario idle = new Scenario().calls(NOON - 60, NOON - 40, 10, 0);

        GroupEvaluation.Outcome outcome = story.run(defaultRule("uptime"), NOON - 1, NOON + 70);

        assertThat(phases(outcome)).containsExactly("inactive", "firing", "resolved");
        assertThat(outcome.transitions().get(1).at()).isEqualTo(NOON + 1);
        assertThat(outcome.transitions().get(2).at()).isEqualTo(NOON + 61);
        assertThat(idle.run(defaultRule("uptime"), NOON - 1, NOON).last())
                .isEqualTo(new Observation.Missing("too few samples: 20 of 30"));
    }

    @Test
    void heartbeatsTellOfUptimeWhereThereIsNoTraffic() {
        Scenario story = new Scenario().good(Measure.MEASURE_HEARTBEATS, NOON - 60, NOON, 2, 2);
        story.good(Measure.MEASURE_HEARTBEATS, NOON, NOON + 2, 2, 0);

        assertThat(phases(story.run(defaultRule("uptime"), NOON - 1, NOON + 2))).containsExactly("inactive", "firing");
    }
}
