package dev.assay.alert.domain.rule;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules that every project has from the start. A project may change each under its id, or switch it off.
 *
 * <p>A window is never longer than its {@code for}, so that one bad minute, which stays in the window for the window's
 * length, cannot fire alone as long as calls go on.
 */
public final class DefaultRules {
    private static final List<Dimension> BY_APP = List.of(Dimension.APP);

    private static final List<Rule> ALL = List.of(
            rule("quality-drop", "Quality drop", "accuracy_ratio", Severity.CRITICAL)
                    .over(60)
                    .when(Comparison.LESS, 0.85)
                    .lasting(Duration.ofHours(1))
                    .withSamples(30)
                    .build(),
            rule("latency-spike", "Latency spike", "latency_p95_ms", Severity.HIGH)
                    .over(15)
                    .whenOver(2, Baseline.MOVING_MEDIAN)
                    .lasting(Duration.ofMinutes(15))
                    .withSamples(20)
                    .build(),
            rule("cost-anomaly", "Cost anomaly", "list_cost", Severity.MEDIUM)
                    .overTheDay()
                    .grouped(List.of())
                    .whenOver(2, Baseline.MOVING_AVERAGE)
                    .build(),
            rule("error-rate", "Error rate", "error_rate", Severity.CRITICAL)
                    .over(5)
                    .when(Comparison.GREATER, 0.01)
                    .lasting(Duration.ofMinutes(5))
                    .withSamples(20)
                    .build(),
            rule("safety-violation", "Safety violation", "toxic_page_responses", Severity.CRITICAL)
                    .overTheDay()
                    .when(Comparison.GREATER, 0)
                    .build(),
            rule("user-satisfaction", "User satisfaction", "csat_mean", Severity.HIGH)
                    .over(RuleWindow.DAY_MINUTES)
                    .when(Comparison.LESS, 3.5)
                    .lasting(Duration.ofDays(1))
                    .withSamples(10)
                    .build(),
            rule("capacity-warning", "Capacity warning", "utilization_ratio", Severity.MEDIUM)
                    .over(5)
                    .when(Comparison.GREATER, 0.85)
                    .lasting(Duration.ofMinutes(30))
                    .build());

    private DefaultRules() {}

    /** The seven, in the guide's order. */
    public static List<Rule> all() {
        return ALL;
    }

    public static Optional<Rule> find(String id) {
        return ALL.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }

    private static Draft rule(String id, String name, String metric, Severity severity) {
        return new Draft(id, name, metric, severity);
    }

    private static final class Draft {
        private final String id;
        private final String name;
        private final String metric;
        private final Severity severity;
        private List<Dimension> groupBy = BY_APP;
        private RuleWindow window = RuleWindow.sliding(5);
        private Comparison op = Comparison.GREATER;
        private Threshold threshold = new Threshold.Constant(0);
        private Duration forDuration = Duration.ZERO;
        private long minSamples = 1;
        private NoDataPolicy noData = NoDataPolicy.KEEP;

        Draft(String id, String name, String metric, Severity severity) {
            this.id = id;
            this.name = name;
            this.metric = metric;
            this.severity = severity;
        }

        Draft over(int minutes) {
            window = RuleWindow.sliding(minutes);
            return this;
        }

        /** A day without calls is a day without the trouble: nothing is carried over midnight. */
        Draft overTheDay() {
            window = RuleWindow.DAY;
            noData = NoDataPolicy.OK;
            return this;
        }

        Draft grouped(List<Dimension> dimensions) {
            groupBy = dimensions;
            return this;
        }

        Draft when(Comparison comparison, double value) {
            op = comparison;
            threshold = new Threshold.Constant(value);
            return this;
        }

        Draft whenOver(double factor, Baseline baseline) {
            threshold = new Threshold.TimesBaseline(baseline, factor);
            return this;
        }

        Draft lasting(Duration duration) {
            forDuration = duration;
            return this;
        }

        Draft withSamples(long samples) {
            minSamples = samples;
            return this;
        }

        Rule build() {
            return new Rule(
                    id,
                    name,
                    true,
                    true,
                    metric,
                    Map.of(),
                    groupBy,
                    window,
                    op,
                    threshold,
                    forDuration,
                    Duration.ZERO,
                    minSamples,
                    noData,
                    severity,
                    List.of());
        }
    }
}
