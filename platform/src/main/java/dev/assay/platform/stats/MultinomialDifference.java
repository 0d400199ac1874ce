package dev.assay.platform.stats;

import java.util.Optional;

/**
 * The interval for the difference between the shares of two answers to the same question, as of promoters and detractors:
 * made of the two Wilson intervals and of the correlation that the shares of one sample have.
 *
 * <p>Unlike the usual standard error it is not a single point when all answers are equal.
 *
 * @see <a href="https://doi.org/10.1002/sim.3170">Zou and Donner (2008), Construction of confidence limits about effect
 *     measures: a general approach</a>
 */
public final class MultinomialDifference {
    private MultinomialDifference() {}

    /** The 95 % interval of {@code (first - second) / n}; empty if there were no answers. */
    public static Optional<Interval> interval(long first, long second, long n) {
        if (n < 0 || first < 0 || second < 0 || first > n - second) {
            throw new IllegalArgumentException(
                    "first and second must be >= 0 and together <= n, got: " + first + ", " + second + " of " + n);
        }
        if (n == 0) {
            return Optional.empty();
        }
        double p = (double) first / n;
        double q = (double) second / n;
        Interval ofP = Wilson.interval(p, n, Normal.Z95);
        Interval ofQ = Wilson.interval(q, n, Normal.Z95);
        double correlation = p == 0 || q == 0 ? 0 : -Math.sqrt(p * q / ((1 - p) * (1 - q)));
        double below = combined(p - ofP.low(), ofQ.high() - q, correlation);
        double above = combined(ofP.high() - p, q - ofQ.low(), correlation);
        return Optional.of(new Interval(p - q - below, p - q + above).within(-1, 1));
    }

    private static double combined(double a, double b, double correlation) {
        return Math.sqrt(Math.max(0, a * a - 2 * correlation * a * b + b * b));
    }
}
