package dev.assay.platform.stats;

import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Welch's t test of whether two means are equal, without assuming equal variances.
 *
 * @param t how many standard errors the first mean is above the second
 * @param degreesOfFreedom after Welch and Satterthwaite
 * @param pValue two-sided
 * @param difference the 95 % interval of the first mean less the second
 * @see <a href="https://doi.org/10.1093/biomet/34.1-2.28">Welch (1947), The generalization of Student's problem</a>
 * @see <a href="https://www.itl.nist.gov/div898/handbook/eda/section3/eda353.htm">NIST/SEMATECH handbook 1.3.5.3</a>
 */
public record WelchT(double t, double degreesOfFreedom, double pValue, Interval difference) {

    /** A sample's size, mean and variance with {@code n - 1} in the denominator. */
    public record Sample(long n, double mean, double variance) {
        public Sample {
            if (n < 1 || !Double.isFinite(mean) || !(variance >= 0)) {
                throw new IllegalArgumentException("a sample must have n >= 1, a finite mean and a variance >= 0, got: "
                        + n + ", " + mean + ", " + variance);
            }
        }

        /** The sample of some values, of which there must be one at least. */
        public static Sample of(double... values) {
            return new Sample(values.length, StatUtils.mean(values), StatUtils.variance(values));
        }

        double squaredError() {
            return variance / n;
        }
    }

    /** The test; empty if a sample has fewer than two values, or neither varies. */
    public static Optional<WelchT> test(Sample first, Sample second) {
        double squaredError = first.squaredError() + second.squaredError();
        if (first.n() < 2 || second.n() < 2 || squaredError == 0) {
            return Optional.empty();
        }
        double degrees = squaredError
                * squaredError
                / (square(first.squaredError()) / (first.n() - 1) + square(second.squaredError()) / (second.n() - 1));
        TDistribution distribution = new TDistribution(null, degrees);
        double error = Math.sqrt(squaredError);
        double difference = first.mean() - second.mean();
        double t = difference / error;
        double half = distribution.inverseCumulativeProbability(0.975) * error;
        return Optional.of(new WelchT(
                t,
                degrees,
                2 * distribution.cumulativeProbability(-Math.abs(t)),
                new Interval(difference - half, difference + half)));
    }

    private static double square(double value) {
        return value * value;
    }
}
