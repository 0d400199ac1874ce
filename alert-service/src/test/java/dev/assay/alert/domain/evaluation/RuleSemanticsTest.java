package dev.assay.alert.domain.evaluation;

import static dev.assay.alert.domain.evaluation.Scenario.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.alert.domain.rule.Annotations;
import dev.assay.alert.domain.rule.Baseline;
import dev.assay.alert.domain.rule.Comparison;
import dev.assay.alert.domain.rule.Evidence;
import dev.assay.alert.domain.rule.NoDataPolicy;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.alert.domain.rule.RuleWindow;
import dev.assay.alert.domain.rule.Severity;
import dev.assay.alert.domain.rule.Threshold;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.WindowState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a value is held against, and what it must rest on. */
class RuleSemanticsTest {
    private static final int DAY = 24 * 60;

    private static Rule rule(String metric, String window, Comparison op, Threshold threshold, Evidence evidence) {
        return new Rule(
                "r",
                "R",
                false,
                true,
                metric,
                Map.of(),
                List.of(),
                RuleWindow.parse(window),
                op,
                threshold,
                Duration.ZERO,
                Duration.ZERO,
                evidence,
                NoDataPolicy.KEEP,
                Severity.HIGH,
                List.of(),
                List.of(),
                "",
                Annotations.NONE);
    }

    private static Rule errors(String window, Threshold threshold) {
        return rule("error_rate", window, Comparison.GREATER, threshold, Evidence.samples(1));
    }

    private static Observation seen(Rule rule, Scenario story, long at) {
        return story.run(rule, at - 1, at).last();
    }

    private static Observation.Measured measured(Rule rule, Scenario story, long at) {
        return (Observation.Measured) seen(rule, story, at);
    }

    /** A metric that is 0.02 with what is put in. */
    private record Fixed(@Nullable Double coverage, Reading.@Nullable Range interval) implements Metric {
        @Override
        public String name() {
            return "fixed";
        }

        @Override
        public Set<Measure> measures() {
            return Set.of(Measure.MEASURE_CALLS);
        }

        @Override
        public boolean additive() {
            return false;
        }

        @Override
        public Optional<Reading> read(WindowState merged, Duration length) {
            return Optional.of(new Reading(0.02, 100, coverage, interval));
        }
    }

    private static Observation seen(Metric metric, Comparison op, Evidence evidence) {
        Rule rule = rule("error_rate", "1m", op, new Threshold.Constant(0.02), evidence);
        Scenario story = new Scenario().calls(NOON, NOON + 1, 1, 1);
        return new GroupEvaluation(rule, metric, story.history)
                .run(AlertState.noData(NOON), NOON, NOON, NOON + 1)
                .last();
    }

    @Test
    void tooLittleCoverageIsNoData() {
        Evidence half = new Evidence(1, 0.5, false);
        assertThat(seen(new Fixed(0.5, null), Comparison.GREATER_OR_EQUAL, half))
                .isInstanceOf(Observation.Measured.class);
        assertThat(seen(new Fixed(0.49, null), Comparison.GREATER_OR_EQUAL, half))
                .isEqualTo(new Observation.Missing("too little coverage: 0.490 of 0.500"));
        assertThat(seen(new Fixed(null, null), Comparison.GREATER_OR_EQUAL, half))
                .isEqualTo(new Observation.Missing("the coverage is not known"));
    }

    @Test
    void onTheIntervalBoundAnAlertSaysWhatIsSure() {
        Evidence bound = new Evidence(1, 0, true);
        Metric around = new Fixed(null, new Reading.Range(0.01, 0.04));
        assertThat(seen(around, Comparison.GREATER_OR_EQUAL, bound))
                .isEqualTo(new Observation.Measured(0.02, 0.02, 100, false));
        assertThat(seen(around, Comparison.LESS_OR_EQUAL, bound))
                .isEqualTo(new Observation.Measured(0.02, 0.02, 100, false));
        assertThat(seen(new Fixed(null, new Reading.Range(0.02, 0.04)), Comparison.GREATER_OR_EQUAL, bound))
                .isEqualTo(new Observation.Measured(0.02, 0.02, 100, true));
        assertThat(seen(new Fixed(null, null), Comparison.GREATER_OR_EQUAL, bound))
                .isEqualTo(new Observation.Missing("no interval of the value"));
    }

    @Test
    void hysteresisMakesOneIncidentOfWhatSwaysAboutTheThreshold() {
        Scenario story = new Scenario();
        int[] failed = {0, 6, 3, 6, 3, 2, 3};
        for (int i = 0; i < failed.length; i++) {
            story.calls(NOON + i, NOON + i + 1, 10, failed[i]);
        }
        GroupEvaluation.Outcome plain = story.run(errors("1m", new Threshold.Constant(0.5)), NOON, NOON + 7);
        GroupEvaluation.Outcome calm = story.run(errors("1m", new Threshold.Constant(0.5, 0.2)), NOON, NOON + 7);

        assertThat(plain.transitions().stream().filter(t -> t.state().phase() == Phase.FIRING))
                .hasSize(2);
        assertThat(calm.transitions())
                .extracting(t -> t.state().phase() + "@" + (t.at() - NOON))
                .containsExactly("INACTIVE@1", "FIRING@2", "RESOLVED@6");
    }

    @Test
    void theSameHourLooksAtTheWeeksBefore() {
        Rule rule = rule(
                "throughput_rps",
                "15m",
                Comparison.LESS,
                new Threshold.TimesBaseline(Baseline.SAME_HOUR, 0.5),
                Evidence.samples(1));
        Scenario story = new Scenario();
        for (int week = 1; week <= 3; week++) { // 60 a minute at this hour, 600 at others
            story.calls(NOON - week * 7 * DAY - 600, NOON - week * 7 * DAY - 60, 600, 0);
            story.calls(NOON - week * 7 * DAY - 60, NOON - week * 7 * DAY + 60, 60, 0);
        }
        story.calls(NOON - 300, NOON - 15, 600, 0).calls(NOON - 15, NOON, 40, 0);

        Observation.Measured measured = measured(rule, story, NOON);
        assertThat(measured.threshold()).isCloseTo(0.5, within(1e-9));
        assertThat(measured.value()).isCloseTo(40 / 60.0, within(1e-9));
        assertThat(measured.breached()).isFalse();

        Scenario young = new Scenario()
                .calls(NOON - 7 * DAY - 60, NOON - 7 * DAY + 60, 60, 0)
                .calls(NOON - 15, NOON, 1, 0);
        assertThat(seen(rule, young, NOON)).isEqualTo(new Observation.Missing("not enough history: 1 of 2 weeks"));
    }

    @Test
    void theSameHourNeedsOnlyTheStretchesThatItLooksAt() {
        Rule rule = rule(
                "throughput_rps",
                "15m",
                Comparison.LESS,
                new Threshold.TimesBaseline(Baseline.SAME_HOUR, 0.5),
                Evidence.samples(1));
        HistoryNeeds needs = HistoryNeeds.of(rule, NOON - 1, NOON);

        assertThat(needs.includes(GroupHistory.Grain.QUARTER, NOON - 7 * DAY - 15))
                .isTrue();
        assertThat(needs.includes(GroupHistory.Grain.QUARTER, NOON - 7 * DAY - 30))
                .isTrue();
        assertThat(needs.includes(GroupHistory.Grain.QUARTER, NOON - 7 * DAY)).isTrue();
        assertThat(needs.includes(GroupHistory.Grain.QUARTER, NOON - 6 * DAY)).isFalse();
        assertThat(needs.joinedSpans()).hasSize(4);
    }

    @Test
    void anAnomalyIsSoManyRobustDeviationsOffTheMedian() {
        Rule rule = rule(
                "error_rate",
                "15m",
                Comparison.GREATER,
                new Threshold.Anomaly(Baseline.MOVING_MEDIAN, 4, 2.0),
                Evidence.samples(1));
        Scenario story = new Scenario();
        int[] failed = {1, 2, 3, 4, 5, 90}; // median 3.5 %, deviations 2.5 1.5 .5 .5 1.5 86.5: MAD 1.5
        for (int i = 0; i < failed.length; i++) {
            story.calls(NOON - 15 * (i + 2), NOON - 15 * (i + 1), 100, failed[i]);
        }
        story.calls(NOON - 15, NOON, 100, 20);

        Observation.Measured measured = measured(rule, story, NOON);
        assertThat(measured.threshold()).isCloseTo(0.035 + 4 * 1.482602218505602 * 0.015, within(1e-9));
        assertThat(measured.breached()).isTrue();
    }

    @Test
    void aBurnRateFiresWhenTheBudgetBurnsOverBothWindows() {
        Threshold.BurnRate burn = new Threshold.BurnRate(0.99, 10, RuleWindow.parse("5m"), false);
        Rule rule = errors("1h", burn);
        Scenario over = new Scenario().calls(NOON - 60, NOON, 100, 20);
        Scenario ended = new Scenario().calls(NOON - 60, NOON - 5, 100, 20).calls(NOON - 5, NOON, 100, 0);
        Scenario begun = new Scenario().calls(NOON - 60, NOON - 5, 100, 0).calls(NOON - 5, NOON, 100, 50);

        assertThat(measured(rule, over, NOON).value()).isCloseTo(20, within(1e-9));
        assertThat(measured(rule, over, NOON).breached()).isTrue();
        assertThat(measured(rule, ended, NOON).breached()).isFalse();
        assertThat(measured(rule, begun, NOON).value()).isCloseTo(50 * 5 / 60.0, within(1e-9));
        assertThat(measured(rule, begun, NOON).breached()).isFalse();
        assertThat(new Threshold.BurnRate(0.9, 1, RuleWindow.parse("5m"), true).of(0.7))
                .isCloseTo(3, within(1e-9));
    }
}
