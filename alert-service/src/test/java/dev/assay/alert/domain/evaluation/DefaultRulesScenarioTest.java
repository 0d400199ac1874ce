package dev.assay.alert.domain.evaluation;

import static dev.assay.alert.domain.evaluation.Scenario.DAY0;
import static dev.assay.alert.domain.evaluation.Scenario.NOON;
import static dev.assay.alert.domain.evaluation.Scenario.defaultRule;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.alert.domain.rule.Rule;
import dev.assay.contracts.kpi.v1.Measure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each of the guide's seven alerts in a story with a known end. */
class DefaultRulesScenarioTest {
    private static final int DAY = 24 * 60;

    private static List<String> phases(GroupEvaluation.Outcome outcome) {
        return outcome.transitions().stream()
                .map(transition -> transition.state().phase().wireName())
                .toList();
    }

    private static long at(GroupEvaluation.Outcome outcome, Phase phase) {
        return outcome.transitions().stream()
                .filter(transition -> transition.state().phase() == phase)
                .findFirst()
                .orElseThrow()
                .at();
    }

    @Test
    void qualityDropFiresAfterAnHourBelow85Percent() {
        Rule rule = defaultRule("quality-drop");
        Scenario story = new Scenario()
                .good(Measure.MEASURE_ACCURACY, NOON - 120, NOON, 10, 9)
                .good(Measure.MEASURE_ACCURACY, NOON, NOON + 180, 10, 6);

        GroupEvaluation.Outcome outcome = story.run(rule, NOON - 1, NOON + 170);

        assertThat(phases(outcome)).containsExactly("inactive", "pending", "firing");
        assertThat(at(outcome, Phase.FIRING) - at(outcome, Phase.PENDING)).isEqualTo(60);
    }

    @Test
    void qualityDropStaysQuietWhenAccuracyIsAt85Percent() {
        Scenario story = new Scenario().good(Measure.MEASURE_ACCURACY, NOON - 120, NOON + 180, 20, 17);

        assertThat(phases(story.run(defaultRule("quality-drop"), NOON - 1, NOON + 170)))
                .containsExactly("inactive");
    }

    @Test
    void latencySpikeFiresWhenP95IsOverTwiceTheUsual() {
        Scenario story = new Scenario().latency(NOON - 600, NOON, 4, 500).latency(NOON, NOON + 60, 4, 1_200);

        GroupEvaluation.Outcome outcome = story.run(defaultRule("latency-spike"), NOON - 1, NOON + 40);

        assertThat(phases(outcome)).containsExactly("inactive", "pending", "firing");
        assertThat(at(outcome, Phase.PENDING)).isEqualTo(NOON + 1);
        assertThat(at(outcome, Phase.FIRING)).isEqualTo(NOON + 16);
        Observation.Measured last = (Observation.Measured) outcome.last();
        assertThat(last.value()).isCloseTo(1_200, within(1_200 * 0.006));
        assertThat(last.threshold()).isCloseTo(1_000, within(1_000 * 0.006));
    }

    @Test
    void latencySpikeDoesNotFireForOneSlowMinute() {
        Scenario story = new Scenario()
                .latency(NOON - 600, NOON, 4, 500)
                .latency(NOON, NOON + 1, 8, 5_000)
                .latency(NOON + 1, NOON + 60, 4, 500);

        assertThat(phases(story.run(defaultRule("latency-spike"), NOON - 1, NOON + 50)))
                .containsExactly("inactive", "pending", "inactive");
    }

    @Test
    void latencySpikeIsUnknownWithoutAnHourOfHistory() {
        Scenario story = new Scenario().latency(NOON - 60, NOON, 4, 500).latency(NOON, NOON + 60, 4, 5_000);

        GroupEvaluation.Outcome outcome = story.run(defaultRule("latency-spike"), NOON - 1, NOON + 10);

        assertThat(outcome.state().phase()).isEqualTo(Phase.NO_DATA);
        assertThat(outcome.last()).isEqualTo(new Observation.Missing("not enough history: 2 of 4 windows of 15m"));
    }

    @Test
    void costAnomalyFiresOnceTheDayCostsTwiceTheUsual() {
        Scenario story = new Scenario();
        for (int day = 1; day <= 7; day++) {
            story.cost(DAY0 - day * DAY + 600, "10.00");
        }
        story.cost(DAY0 + 60, "20.00").cost(DAY0 + 120, "0.01");

        GroupEvaluation.Outcome outcome = story.run(defaultRule("cost-anomaly"), DAY0, DAY0 + 200);

        assertThat(phases(outcome)).containsExactly("inactive", "firing");
        assertThat(at(outcome, Phase.FIRING)).isEqualTo(DAY0 + 121); // 20.01 > 2 x 10, not before
    }

    @Test
    void costAnomalyCountsDaysWithoutCallsAsZeroAndSaysWhenHistoryIsShort() {
        Rule rule = defaultRule("cost-anomaly");
        Scenario gaps = new Scenario()
                .cost(DAY0 - 7 * DAY, "70.00") // 70 and six zeros: 10 a day
                .cost(DAY0 + 60, "20.01");
        Scenario young = new Scenario().cost(DAY0 - 6 * DAY, "1.00").cost(DAY0 + 60, "1000");

        assertThat(gaps.run(rule, DAY0, DAY0 + 61).state().phase()).isEqualTo(Phase.FIRING);
        assertThat(young.run(rule, DAY0, DAY0 + 61).last())
                .isEqualTo(new Observation.Missing("not enough history: 6 of 7 days"));
    }

    @Test
    void errorRateFiresAfterFiveMinutesOverOnePercentAndResolvesWhenTheWindowIsClean() {
        Scenario story = new Scenario()
                .calls(NOON - 30, NOON, 100, 0)
                .calls(NOON, NOON + 10, 100, 6)
                .calls(NOON + 10, NOON + 40, 100, 0);

        GroupEvaluation.Outcome outcome = story.run(defaultRule("error-rate"), NOON - 1, NOON + 30);

        assertThat(phases(outcome)).containsExactly("inactive", "pending", "firing", "resolved");
        // after one bad minute 6 of 500 calls have failed: 1.2 %
        assertThat(at(outcome, Phase.PENDING)).isEqualTo(NOON + 1);
        assertThat(at(outcome, Phase.FIRING)).isEqualTo(NOON + 6);
        assertThat(at(outcome, Phase.RESOLVED)).isEqualTo(NOON + 15);
    }

    @Test
    void errorRateNeedsItsSamples() {
        Scenario few = new Scenario().calls(NOON, NOON + 30, 3, 3);
        Scenario enough = new Scenario().calls(NOON, NOON + 30, 4, 4);

        assertThat(few.run(defaultRule("error-rate"), NOON, NOON + 20).last())
                .isEqualTo(new Observation.Missing("too few samples: 15 of 20"));
        assertThat(enough.run(defaultRule("error-rate"), NOON, NOON + 20)
                        .state()
                        .phase())
                .isEqualTo(Phase.FIRING);
    }

    @Test
    void safetyViolationIsOneIncidentADay() {
        Scenario story = new Scenario()
                .good(Measure.MEASURE_TOXIC_PAGE, NOON, NOON + 5, 50, 0)
                .good(Measure.MEASURE_TOXIC_PAGE, NOON + 5, NOON + 6, 50, 1)
                .good(Measure.MEASURE_TOXIC_PAGE, NOON + 300, NOON + 301, 50, 3)
                .good(Measure.MEASURE_TOXIC_PAGE, DAY0 + DAY, DAY0 + DAY + 1, 50, 1);

        GroupEvaluation.Outcome outcome = story.run(defaultRule("safety-violation"), NOON, DAY0 + DAY + 30);

        assertThat(phases(outcome)).containsExactly("inactive", "firing", "resolved", "firing");
        Transition resolved = outcome.transitions().get(2);
        assertThat(resolved.state().endedAt()).isEqualTo(DAY0 + DAY);
        assertThat(outcome.transitions().get(3).at()).isEqualTo(DAY0 + DAY + 1);
    }

    @Test
    void userSatisfactionFiresAfterADayBelowThreeAndAHalf() {
        Scenario story = new Scenario().ratings(DAY0 - 2 * DAY, DAY0, 5).ratings(DAY0, DAY0 + 3 * DAY, 2);

        GroupEvaluation.Outcome outcome = story.run(defaultRule("user-satisfaction"), DAY0 - 1, DAY0 + 2 * DAY + 60);

        assertThat(phases(outcome)).containsExactly("inactive", "pending", "firing");
        assertThat(at(outcome, Phase.FIRING) - at(outcome, Phase.PENDING)).isEqualTo(DAY);
        // half of the day at 5, half at 2 make 3.5: half a day in, to the quarter hour
        assertThat(at(outcome, Phase.PENDING)).isBetween(DAY0 + 720L, DAY0 + 736L);
    }

    @Test
    void capacityWarningFiresAfterHalfAnHourOver85Percent() {
        Scenario story = new Scenario().utilization(NOON - 10, NOON, "0.80").utilization(NOON, NOON + 60, "0.90");

        GroupEvaluation.Outcome outcome = story.run(defaultRule("capacity-warning"), NOON - 1, NOON + 50);

        assertThat(phases(outcome)).containsExactly("inactive", "pending", "firing");
        // (2 x 0.80 + 3 x 0.90) / 5 = 0.86: three minutes in
        assertThat(at(outcome, Phase.PENDING)).isEqualTo(NOON + 3);
        assertThat(at(outcome, Phase.FIRING)).isEqualTo(NOON + 33);
    }

    @Test
    void everyDefaultRuleIsUnknownWithoutData() {
        for (Rule rule : dev.assay.alert.domain.rule.DefaultRules.all()) {
            GroupEvaluation.Outcome outcome = new Scenario().run(rule, NOON, NOON + 100);
            assertThat(outcome.state()).as(rule.id()).isEqualTo(AlertState.noData(NOON));
            assertThat(outcome.transitions()).as(rule.id()).isEmpty();
        }
    }
}
