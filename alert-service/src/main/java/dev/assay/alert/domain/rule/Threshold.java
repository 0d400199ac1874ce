package dev.assay.alert.domain.rule;

import org.jspecify.annotations.Nullable;

/**
 * What a value is held against. Where one has a {@code clear} level, a firing alert goes on until the value is on the right
 * side of that (hysteresis), so that a value that sways about the threshold is one incident.
 */
public sealed interface Threshold {

    /** The same figure always. */
    record Constant(double value, @Nullable Double clear) implements Threshold {
        public Constant {
            if (!Double.isFinite(value)) {
                throw new InvalidRule("threshold", "must be a finite number, got: " + value);
            }
            if (clear != null && !Double.isFinite(clear)) {
                throw new InvalidRule("clear_threshold", "must be a finite number, got: " + clear);
            }
        }

        public Constant(double value) {
            this(value, null);
        }
    }

    /** So many times what is usual. */
    record TimesBaseline(
            Baseline baseline, double factor, @Nullable Double clearFactor) implements Threshold {
        public TimesBaseline {
            requirePositive("factor", factor);
            if (clearFactor != null) {
                requirePositive("clear_factor", clearFactor);
            }
        }

        public TimesBaseline(Baseline baseline, double factor) {
            this(baseline, factor, null);
        }
    }

    /**
     * So many robust standard deviations off the median of the baseline's windows: 1.4826 times their median absolute
     * deviation, which half of the windows may be anomalies without moving far.
     *
     * @see <a href="https://www.itl.nist.gov/div898/handbook/eda/section3/eda35h.htm">NIST/SEMATECH handbook 1.3.5.17</a>
     */
    record Anomaly(
            Baseline baseline, double score, @Nullable Double clearScore) implements Threshold {
        public Anomaly {
            requirePositive("anomaly_score", score);
            if (clearScore != null) {
                requirePositive("clear_score", clearScore);
            }
        }
    }

    /**
     * How many times faster than evenly the error budget of an objective is spent, over the rule's window and a shorter
     * one: the long one shows that it matters, the short one that it still goes on.
     *
     * @param objective the share that is to be good, as 0.999
     * @param rate the burn rate that fires; 1 spends the budget exactly over its period
     * @param goodShare whether the metric is the share that is good, rather than the share that is bad
     * @see <a href="https://sre.google/workbook/alerting-on-slos/">The Site Reliability Workbook, chapter 5, alert 6</a>
     */
    record BurnRate(double objective, double rate, RuleWindow shortWindow, boolean goodShare) implements Threshold {
        public BurnRate {
            if (!(objective > 0 && objective < 1)) {
                throw new InvalidRule("objective", "must be over 0 and under 1, got: " + objective);
            }
            requirePositive("burn_rate", rate);
        }

        /** The burn rate at a value of the metric. */
        public double of(double share) {
            return (goodShare ? 1 - share : share) / (1 - objective);
        }
    }

    private static void requirePositive(String field, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new InvalidRule(field, "must be > 0, got: " + value);
        }
    }
}
