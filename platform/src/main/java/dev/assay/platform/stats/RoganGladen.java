package dev.assay.platform.stats;

import java.util.Optional;

/**
 * What a rate really is, when the one who judges errs with known rates: the Rogan-Gladen estimate, with an interval that
 * also takes in that these were measured on a limited number of labelled cases.
 *
 * @param rate the corrected rate, 0 to 1
 * @param ci95 its 95 % interval
 * @see <a href="https://doi.org/10.1093/oxfordjournals.aje.a112510">Rogan and Gladen (1978), Estimating prevalence from
 *     the results of a screening test</a>
 * @see <a href="https://doi.org/10.1016/j.prevetmed.2013.09.015">Lang and Reiczigel (2014), Confidence limits for
 *     prevalence of disease adjusted for estimated sensitivity and specificity</a>
 */
public record RoganGladen(double rate, Interval ci95) {

    /**
     * How often a judge is right, as measured on labelled cases.
     *
     * @param sensitivity share of the cases with the finding in which it is found
     * @param positives how many such cases were tried; 0 if the sensitivity is exact
     * @param specificity share of the cases without the finding in which none is found
     * @param negatives how many such cases were tried; 0 if the specificity is exact
     */
    public record Judge(double sensitivity, long positives, double specificity, long negatives) {
        public Judge {
            if (!(sensitivity >= 0 && sensitivity <= 1) || !(specificity >= 0 && specificity <= 1)) {
                throw new IllegalArgumentException(
                        "sensitivity and specificity must be 0 to 1, got: " + sensitivity + " and " + specificity);
            }
            if (positives < 0 || negatives < 0) {
                throw new IllegalArgumentException(
                        "positives and negatives must be >= 0, got: " + positives + " and " + negatives);
            }
        }

        /** How often it finds something where nothing is. */
        public double falseAlarmRate() {
            return 1 - specificity;
        }

        /** How much better than chance it is (Youden's index): nothing can be corrected at or below 0. */
        public double informedness() {
            return sensitivity + specificity - 1;
        }
    }

    /** The corrected rate of {@code found} out of {@code n}; empty without cases or with a judge no better than chance. */
    public static Optional<RoganGladen> correct(long found, long n, Judge judge) {
        if (n < 0 || found < 0 || found > n) {
            throw new IllegalArgumentException("found must be 0 to n, got: " + found + " of " + n);
        }
        if (n == 0 || judge.informedness() <= 0) {
            return Optional.empty();
        }
        double observed = (double) found / n;
        double rate = clamp((observed - judge.falseAlarmRate()) / judge.informedness());
        return interval(observed, n, judge).map(ci -> new RoganGladen(rate, around(ci, rate)));
    }

    /** Equations 6, 7, 16 and 17 of Lang and Reiczigel, who add one to each cell of the judge's trial. */
    private static Optional<Interval> interval(double observed, long n, Judge judge) {
        double z = Normal.Z95;
        double trials = n + z * z;
        double p = (n * observed + z * z / 2) / trials;
        double sensitivity = moved(judge.sensitivity(), judge.positives());
        double specificity = moved(judge.specificity(), judge.negatives());
        double informedness = sensitivity + specificity - 1;
        if (informedness <= 0) {
            return Optional.of(new Interval(0, 1));
        }
        double ofSensitivity = variance(sensitivity, judge.positives());
        double ofSpecificity = variance(specificity, judge.negatives());
        double rate = (p + specificity - 1) / informedness;
        double shift = 2 * z * z * (rate * ofSensitivity - (1 - rate) * ofSpecificity);
        double error =
                Math.sqrt(p * (1 - p) / trials + rate * rate * ofSensitivity + (1 - rate) * (1 - rate) * ofSpecificity)
                        / informedness;
        double centre = rate + shift;
        return Optional.of(new Interval(centre - z * error, centre + z * error).within(0, 1));
    }

    private static double moved(double share, long cases) {
        return cases == 0 ? share : (cases * share + 1) / (cases + 2);
    }

    private static double variance(double share, long cases) {
        return cases == 0 ? 0 : share * (1 - share) / (cases + 2);
    }

    /** The interval, widened to the estimate itself: the added cases can push it just past an estimate at the edge. */
    private static Interval around(Interval interval, double rate) {
        return new Interval(Math.min(interval.low(), rate), Math.max(interval.high(), rate));
    }

    private static double clamp(double rate) {
        return Math.min(1, Math.max(0, rate));
    }
}
