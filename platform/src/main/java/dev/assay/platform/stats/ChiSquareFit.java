package dev.assay.platform.stats;

import java.util.Optional;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;

/**
 * Pearson's test of whether counts fall into classes in the shares that were meant: for experiments, whether each variant
 * got its share of the units.
 *
 * @param chiSquare the statistic, with one degree of freedom less than there are classes
 * @param pValue the chance of a larger one if the shares are as meant
 * @see <a href="https://www.itl.nist.gov/div898/handbook/eda/section3/eda35f.htm">NIST/SEMATECH handbook 1.3.5.15:
 *     chi-square goodness-of-fit test</a>
 * @see <a href="https://doi.org/10.1145/3292500.3330722">Fabijan et al. (2019), Diagnosing sample ratio mismatch in online
 *     controlled experiments</a>
 */
public record ChiSquareFit(double chiSquare, double pValue) {
    /** Below this expected count per class the statistic is not near enough to its distribution. */
    private static final double FEWEST_EXPECTED = 5;

    /**
     * The test of {@code counts} against {@code weights}, which need not add up to anything; empty while a class is
     * expected to have fewer than five.
     */
    public static Optional<ChiSquareFit> test(long[] counts, double[] weights) {
        if (counts.length != weights.length || counts.length < 2) {
            throw new IllegalArgumentException("there must be a weight for each of two or more counts, got: "
                    + counts.length + " counts and " + weights.length + " weights");
        }
        double n = 0;
        double whole = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < 0 || !(weights[i] > 0)) {
                throw new IllegalArgumentException(
                        "counts must be >= 0 and weights > 0, got: " + counts[i] + " and " + weights[i]);
            }
            n += counts[i];
            whole += weights[i];
        }
        double statistic = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = n * weights[i] / whole;
            if (expected < FEWEST_EXPECTED) {
                return Optional.empty();
            }
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        double below = new ChiSquaredDistribution(null, counts.length - 1).cumulativeProbability(statistic);
        return Optional.of(new ChiSquareFit(statistic, 1 - below));
    }
}
