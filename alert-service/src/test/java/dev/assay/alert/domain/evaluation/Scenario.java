package dev.assay.alert.domain.evaluation;

import dev.assay.alert.app.Metrics;
import dev.assay.alert.domain.rule.Annotations;
import dev.assay.alert.domain.rule.Comparison;
import dev.assay.alert.domain.rule.DefaultRules;
import dev.assay.alert.domain.rule.Evidence;
import dev.assay.alert.domain.rule.NoDataPolicy;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.alert.domain.rule.RuleWindow;
import dev.assay.alert.domain.rule.Severity;
import dev.assay.alert.domain.rule.Threshold;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.WindowState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Minutes of one group's windows, put in by hand; the quarter hours and days are made from them. */
final class Scenario {
    /** Midnight of a Wednesday, in minutes since the epoch. */
    static final long DAY0 = Instant.parse("2026-03-11T00:00:00Z").getEpochSecond() / 60;

    /** Noon of that day. */
    static final long NOON = DAY0 + 12 * 60;

    private static final Set<Measure> MEASURES = Set.of(
            Measure.MEASURE_CALLS,
            Measure.MEASURE_LATENCY,
            Measure.MEASURE_LIST_COST,
            Measure.MEASURE_TTFT,
            Measure.MEASURE_TPOT,
            Measure.MEASURE_HEARTBEATS,
            Measure.MEASURE_CSAT,
            Measure.MEASURE_ACCURACY,
            Measure.MEASURE_TOXIC_PAGE,
            Measure.MEASURE_RPS_UTILIZATION);

    final GroupHistory history = new GroupHistory();

    Scenario minute(long minute, Consumer<WindowState> fill) {
        WindowState window = new WindowState();
        fill.accept(window);
        history.add(GroupHistory.Grain.MINUTE, minute, window, MEASURES);
        history.add(GroupHistory.Grain.QUARTER, RuleWindow.floor(minute, RuleWindow.QUARTER), window, MEASURES);
        history.add(GroupHistory.Grain.DAY, RuleWindow.floor(minute, RuleWindow.DAY_MINUTES), window, MEASURES);
        return this;
    }

    Scenario calls(long from, long to, long calls, long errors) {
        for (long minute = from; minute < to; minute++) {
            minute(minute, window -> window.add(Measure.MEASURE_CALLS, calls, calls - errors));
        }
        return this;
    }

    Scenario good(Measure measure, long from, long to, long count, long good) {
        for (long minute = from; minute < to; minute++) {
            minute(minute, window -> window.add(measure, count, good));
        }
        return this;
    }

    Scenario latency(long from, long to, int calls, long millis) {
        return durations(Measure.MEASURE_LATENCY, from, to, calls, millis);
    }

    Scenario durations(Measure measure, long from, long to, int calls, long millis) {
        for (long minute = from; minute < to; minute++) {
            minute(minute, window -> {
                window.add(Measure.MEASURE_CALLS, calls, calls);
                for (int i = 0; i < calls; i++) {
                    window.observeMicros(measure, millis * 1_000, 1);
                }
            });
        }
        return this;
    }

    Scenario cost(long minute, String dollars) {
        return minute(minute, window -> {
            window.add(Measure.MEASURE_LIST_COST, 1, 1);
            window.addSum(Measure.MEASURE_LIST_COST, new BigDecimal(dollars));
        });
    }

    Scenario ratings(long from, long to, int stars) {
        for (long minute = from; minute < to; minute++) {
            minute(minute, window -> {
                window.add(Measure.MEASURE_CSAT, 1, stars >= 4 ? 1 : 0);
                window.addSum(Measure.MEASURE_CSAT, stars);
                window.addBucket(Measure.MEASURE_CSAT, stars, 1);
            });
        }
        return this;
    }

    Scenario utilization(long from, long to, String ratio) {
        for (long minute = from; minute < to; minute++) {
            minute(minute, window -> {
                window.add(Measure.MEASURE_RPS_UTILIZATION, 1, 0);
                window.addSum(Measure.MEASURE_RPS_UTILIZATION, new BigDecimal(ratio));
            });
        }
        return this;
    }

    /** Written down once more where that is short, else the product's. */
    private static Metric metric(String name) {
        return TestMetric.find(name)
                .or(() -> Metrics.find(name).map(metric -> metric))
                .orElseThrow();
    }

    GroupEvaluation.Outcome run(Rule rule, AlertState start, long after, long upTo) {
        return new GroupEvaluation(rule, metric(rule.metric()), history).run(start, after, after, upTo);
    }

    GroupEvaluation.Outcome run(Rule rule, long after, long upTo) {
        return run(rule, AlertState.noData(after), after, upTo);
    }

    static Rule defaultRule(String id) {
        return DefaultRules.find(id).orElseThrow();
    }

    /** Error rate above one half over a minute, sustained. */
    static Rule halfErrors(Duration forDuration, Duration keepFiringFor, NoDataPolicy noData, long minSamples) {
        return new Rule(
                "r1",
                "Half errors",
                false,
                true,
                "error_rate",
                Map.of(),
                List.of(),
                RuleWindow.sliding(1),
                Comparison.GREATER,
                new Threshold.Constant(0.5),
                forDuration,
                keepFiringFor,
                Evidence.samples(minSamples),
                noData,
                Severity.HIGH,
                List.of(),
                List.of(),
                "",
                Annotations.NONE);
    }

    static Rule halfErrors(Duration forDuration) {
        return halfErrors(forDuration, Duration.ZERO, NoDataPolicy.KEEP, 1);
    }
}
