package dev.assay.alert.domain.evaluation;

import dev.assay.alert.domain.rule.Rule;
import dev.assay.alert.domain.rule.RuleWindow;
import dev.assay.alert.domain.rule.Threshold;
import dev.assay.platform.window.WindowState;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One rule's value and threshold for one group, minute by minute, forwards. */
final class Watch {
    static final Observation NO_VALUE = new Observation.Missing("no data in the window");

    private final Rule rule;
    private final Gauge gauge;
    private final Optional<Gauge> shortGauge;
    private final Optional<BaselineReading> baseline;

    Watch(Rule rule, Metric metric, GroupHistory history) {
        this.rule = rule;
        this.gauge = new Gauge(metric, history, rule.window());
        this.shortGauge = rule.threshold() instanceof Threshold.BurnRate burn
                ? Optional.of(new Gauge(metric, history, burn.shortWindow()))
                : Optional.empty();
        this.baseline = Rule.baseline(rule.threshold()).map(usual -> new BaselineReading(rule, metric, usual, history));
    }

    Observation at(long now) {
        Optional<Reading> reading = gauge.at(now);
        Optional<Reading> recent = shortGauge.flatMap(shorter -> shorter.at(now));
        if (reading.isEmpty()) {
            return NO_VALUE;
        }
        Reading current = reading.get();
        String doubt = doubt(current);
        if (doubt != null) {
            return new Observation.Missing(doubt);
        }
        Threshold threshold = rule.threshold();
        if (threshold instanceof Threshold.Constant constant) {
            return measured(current, constant.value(), constant.clear());
        }
        if (threshold instanceof Threshold.BurnRate burn) {
            return recent.isEmpty()
                    ? new Observation.Missing("no data in the short window")
                    : burning(burn, current, recent.get());
        }
        BaselineReading.Level level = baseline.orElseThrow().at(now);
        Double usual = level.value();
        if (usual == null) {
            return new Observation.Missing(level.reason());
        }
        if (threshold instanceof Threshold.TimesBaseline times) {
            Double clear = times.clearFactor();
            return measured(current, times.factor() * usual, clear == null ? null : clear * usual);
        }
        Threshold.Anomaly anomaly = (Threshold.Anomaly) threshold;
        double side = rule.op().isUpper() ? level.deviation() : -level.deviation();
        Double clear = anomaly.clearScore();
        return measured(current, usual + anomaly.score() * side, clear == null ? null : usual + clear * side);
    }

    /** Why the value is not believed, or null. */
    private @Nullable String doubt(Reading current) {
        if (current.samples() < rule.minSamples()) {
            return "too few samples: " + current.samples() + " of " + rule.minSamples();
        }
        double wanted = rule.evidence().minCoverage();
        Double coverage = current.coverage();
        if (wanted > 0 && (coverage == null || coverage < wanted)) {
            return coverage == null
                    ? "the coverage is not known"
                    : "too little coverage: %.3f of %.3f".formatted(coverage, wanted);
        }
        return rule.evidence().intervalBound() && current.interval() == null ? "no interval of the value" : null;
    }

    private Observation measured(Reading current, double threshold, @Nullable Double clear) {
        double compared = compared(current);
        boolean breached = rule.op().holds(compared, threshold);
        return new Observation.Measured(
                current.value(),
                threshold,
                current.samples(),
                breached,
                breached || clear != null && rule.op().holds(compared, clear));
    }

    private Observation burning(Threshold.BurnRate burn, Reading current, Reading recent) {
        double rate = Math.min(burn.of(compared(current)), burn.of(recent.value()));
        boolean breached = rule.op().holds(rate, burn.rate());
        return new Observation.Measured(rate, burn.rate(), current.samples(), breached);
    }

    /** The value, or the end of its interval that is the more harmless. */
    private double compared(Reading current) {
        Reading.Range interval = current.interval();
        if (!rule.evidence().intervalBound() || interval == null) {
            return current.value();
        }
        boolean lowIsHarmless = rule.threshold() instanceof Threshold.BurnRate burn
                ? !burn.goodShare()
                : rule.op().isUpper();
        return lowIsHarmless ? interval.low() : interval.high();
    }

    /** The metric over one window that moves forwards. */
    private static final class Gauge {
        private final Metric metric;
        private final GroupHistory history;
        private final RuleWindow ruleWindow;
        private final RollingWindow window;
        private Optional<Reading> reading = Optional.empty();

        Gauge(Metric metric, GroupHistory history, RuleWindow ruleWindow) {
            this.metric = metric;
            this.history = history;
            this.ruleWindow = ruleWindow;
            this.window = new RollingWindow(history, ruleWindow);
        }

        Optional<Reading> at(long now) {
            Duration length = Duration.ofMinutes(now - ruleWindow.start(now));
            if (metric.minutely()) {
                return metric.readMinutes(history.minutes(ruleWindow.start(now), now), length);
            }
            WindowState merged = window.endingAt(now);
            if (window.changed()) {
                reading = metric.read(merged, length);
            }
            return reading;
        }
    }
}
