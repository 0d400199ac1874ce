package dev.assay.alert.domain.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.alert.app.Metrics;
import dev.assay.alert.domain.evaluation.AlertState;
import dev.assay.alert.domain.evaluation.GroupEvaluation;
import dev.assay.alert.domain.evaluation.GroupHistory;
import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.evaluation.Metric;
import dev.assay.alert.domain.incident.Episode;
import dev.assay.alert.domain.rule.DefaultRules;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.alert.domain.rule.RuleWindow;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.WindowState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A year of one application's traffic, week by week: more by day than by night, noise, single bad minutes that are nobody's
 * incident, and incidents of half an hour to two hours that are. The default rules are held against what was put in.
 */
class SimulatedYearTest {
    private static final int DAY = RuleWindow.DAY_MINUTES;
    private static final int WARM_UP = 2 * DAY;
    private static final int WEEK = 7 * DAY;
    private static final Set<Measure> MEASURES = Set.of(Measure.MEASURE_CALLS, Measure.MEASURE_LATENCY);

    /** One week of minutes after two days of warm-up, and what went wrong in it. */
    private static final class Week {
        final GroupHistory history = new GroupHistory();
        final List<Labelled> errors = new ArrayList<>();
        final List<Labelled> slowness = new ArrayList<>();
        private final SplittableRandom random;

        Week(long seed) {
            random = new SplittableRandom(seed);
            for (int day = 0; day < 7; day++) {
                long midnight = WARM_UP + (long) day * DAY;
                if (random.nextInt(3) == 0) {
                    errors.add(incident(midnight + random.nextInt(600)));
                }
                if (random.nextInt(3) == 0) {
                    slowness.add(incident(midnight + 700 + random.nextInt(500)));
                }
            }
            for (long minute = 0; minute < WARM_UP + WEEK; minute++) {
                fill(minute);
            }
        }

        private Labelled incident(long from) {
            return new Labelled(from, from + 30 + random.nextInt(90), Map.of());
        }

        private static boolean within(List<Labelled> incidents, long minute) {
            return incidents.stream().anyMatch(one -> minute >= one.from() && minute < one.to());
        }

        private void fill(long minute) {
            double sun = 1 + 0.6 * StrictMath.sin(2 * Math.PI * (minute % DAY) / DAY);
            int calls = (int) (40 * sun) + random.nextInt(10);
            boolean blip = random.nextInt(700) == 0;
            double errorRate = within(errors, minute) ? 0.06 : blip ? 0.15 : 0.0005;
            double slow = within(slowness, minute) ? 3.0 : blip ? 4.0 : 1.0;
            WindowState state = new WindowState();
            int failed = 0;
            for (int i = 0; i < calls; i++) {
                failed += random.nextDouble() < errorRate ? 1 : 0;
            }
            state.add(Measure.MEASURE_CALLS, calls, calls - failed);
            for (int i = 0; i < 12; i++) {
                double millis = slow * (900 + 150 * sun) * StrictMath.exp(0.35 * random.nextGaussian());
                state.observeMicros(Measure.MEASURE_LATENCY, (long) (millis * 1_000), 1);
            }
            history.add(GroupHistory.Grain.MINUTE, minute, state, MEASURES);
            history.add(GroupHistory.Grain.QUARTER, RuleWindow.floor(minute, RuleWindow.QUARTER), state, MEASURES);
        }

        List<Page> pages(Rule rule) {
            Metric metric = Metrics.find(rule.metric()).orElseThrow();
            AlertState start = AlertState.noData(WARM_UP);
            var outcome = new GroupEvaluation(rule, metric, history).run(start, WARM_UP, WARM_UP, WARM_UP + WEEK);
            return Episode.of(start, outcome.transitions()).stream()
                    .map(episode -> new Page(Labels.NONE, episode))
                    .toList();
        }
    }

    @Test
    void theDefaultRulesPageForWhatWentWrongAndForLittleElse() {
        List<Page> errorPages = new ArrayList<>();
        List<Page> slowPages = new ArrayList<>();
        List<Labelled> errors = new ArrayList<>();
        List<Labelled> slowness = new ArrayList<>();
        for (int week = 0; week < 52; week++) {
            Week one = new Week(week);
            long shift = (long) week * 100 * DAY; // the weeks do not touch each other
            one.pages(DefaultRules.find("error-rate").orElseThrow())
                    .forEach(page -> errorPages.add(later(page, shift)));
            one.pages(DefaultRules.find("latency-spike").orElseThrow())
                    .forEach(page -> slowPages.add(later(page, shift)));
            one.errors.forEach(incident -> errors.add(later(incident, shift)));
            one.slowness.forEach(incident -> slowness.add(later(incident, shift)));
        }
        long end = Long.MAX_VALUE;
        Score ofErrors = Score.of(errorPages, errors, end);
        Score ofSlowness = Score.of(slowPages, slowness, end);
        assertThat(errors).hasSizeGreaterThan(80);
        assertThat(slowness).hasSizeGreaterThan(80);
        String found = "errors %s of %d pages, %d incidents; slowness %s of %d pages, %d incidents"
                .formatted(ofErrors, errorPages.size(), errors.size(), ofSlowness, slowPages.size(), slowness.size());
        assertThat(ofErrors.precision()).as(found).isGreaterThanOrEqualTo(0.9);
        assertThat(ofErrors.recall()).as(found).isGreaterThanOrEqualTo(0.9);
        assertThat(ofSlowness.precision()).as(found).isGreaterThanOrEqualTo(0.9);
        assertThat(ofSlowness.recall()).as(found).isGreaterThanOrEqualTo(0.9);
    }

    private static Page later(Page page, long shift) {
        Episode episode = page.episode();
        Long end = episode.endedAt();
        return new Page(
                page.labels(),
                new Episode(
                        episode.activeSince() + shift,
                        episode.firedAt() + shift,
                        (end == null ? WARM_UP + WEEK : end) + shift,
                        episode.value(),
                        episode.threshold()));
    }

    private static Labelled later(Labelled incident, long shift) {
        return new Labelled(incident.from() + shift, incident.to() + shift, incident.labels());
    }
}
