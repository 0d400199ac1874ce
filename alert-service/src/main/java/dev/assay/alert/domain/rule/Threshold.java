package dev.assay.alert.domain.rule;

/** What a value is held against. */
public sealed interface Threshold {

    /** The same figure always. */
    record Constant(double value) implements Threshold {
        public Constant {
            if (!Double.isFinite(value)) {
                throw new InvalidRule("threshold", "must be a finite number, got: " + value);
            }
        }
    }

    /** So many times what is usual. */
    record TimesBaseline(Baseline baseline, double factor) implements Threshold {
        public TimesBaseline {
            if (!(factor > 0) || Double.isInfinite(factor)) {
                throw new InvalidRule("factor", "must be > 0, got: " + factor);
            }
        }
    }
}
