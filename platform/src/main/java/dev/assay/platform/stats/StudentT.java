package dev.assay.platform.stats;

import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Student's t: the interval of a mean, and the chance of a value as far off.
 *
 * @see <a href="https://www.itl.nist.gov/div898/handbook/eda/section3/eda352.htm">NIST/SEMATECH handbook 1.3.5.2:
 *     confidence limits for the mean</a>
 */
public final class StudentT {
    private StudentT() {}

    /** The 95 % interval of the mean of some values; empty if there are fewer than two. */
    public static Optional<Interval> meanInterval(double[] values) {
        return values.length < 2
                ? Optional.empty()
                : meanInterval(values.length, StatUtils.mean(values), StatUtils.variance(values));
    }

    /**
     * The 95 % interval of a mean; empty if there are fewer than two observations.
     *
     * @param variance the sample's, with {@code n - 1} in the denominator
     */
    public static Optional<Interval> meanInterval(long n, double mean, double variance) {
        if (!(variance >= 0) || !Double.isFinite(mean)) {
            throw new IllegalArgumentException(
                    "mean must be finite and variance >= 0, got: " + mean + " and " + variance);
        }
        if (n < 2) {
            return Optional.empty();
        }
        double half = quantile975(n - 1) * Math.sqrt(variance / n);
        return Optional.of(new Interval(mean - half, mean + half));
    }

    /**
     * The chance of a value at least as far from zero.
     *
     * @param degreesOfFreedom more than 0, not necessarily whole
     */
    public static double twoSided(double t, double degreesOfFreedom) {
        return Math.min(1, 2 * new TDistribution(null, degreesOfFreedom).cumulativeProbability(-Math.abs(t)));
    }

    private static double quantile975(double degreesOfFreedom) {
        return new TDistribution(null, degreesOfFreedom).inverseCumulativeProbability(0.975);
    }
}
