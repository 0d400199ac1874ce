package dev.assay.alert.domain.rule;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A default rule in the making. */
final class Draft {
    private final String id;
    private final String name;
    private final String metric;
    private final Severity severity;
    private List<Dimension> groupBy = List.of(Dimension.APP);
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

    Draft whenUnder(double factor, Baseline baseline) {
        op = Comparison.LESS;
        return whenOver(factor, baseline);
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
                Evidence.samples(minSamples),
                noData,
                severity,
                List.of(),
                List.of(),
                "",
                Annotations.NONE);
    }
}
