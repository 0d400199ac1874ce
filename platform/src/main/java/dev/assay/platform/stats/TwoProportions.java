package dev.assay.platform.stats;

import java.util.Optional;

/**
 * The z test of whether two independent rates are equal, with their pooled variance.
 *
 * @param z how many standard errors the first rate is above the second
 * @param pValue two-sided
 * @see <a href="https://doi.org/10.1002/0471249688">Agresti (2002), Categorical Data Analysis, section 3.2</a>
 */
public record TwoProportions(double z, double pValue) {

    /** The test of {@code good1/n1} against {@code good2/n2}; empty if it cannot say anything. */
    public static Optional<TwoProportions> test(long good1, long n1, long good2, long n2) {
        if (good1 < 0 || good1 > n1 || good2 < 0 || good2 > n2) {
            throw new IllegalArgumentException(
                    "good must be 0 to n, got: " + good1 + " of " + n1 + " and " + good2 + " of " + n2);
        }
        if (n1 == 0 || n2 == 0) {
            return Optional.empty();
        }
        double pooled = ((double) good1 + good2) / ((double) n1 + n2);
        if (pooled == 0 || pooled == 1) {
            return Optional.of(new TwoProportions(0, 1));
        }
        double error = Math.sqrt(pooled * (1 - pooled) * (1.0 / n1 + 1.0 / n2));
        double z = ((double) good1 / n1 - (double) good2 / n2) / error;
        return Optional.of(new TwoProportions(z, Normal.twoSided(z)));
    }
}
