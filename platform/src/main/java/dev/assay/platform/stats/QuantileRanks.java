package dev.assay.platform.stats;

import java.util.Optional;
import org.apache.commons.math3.distribution.BinomialDistribution;

/**
 * Which observations, counted from the smallest, bound a quantile of the population with 95 % confidence, whatever its
 * distribution: how many observations lie below a quantile is binomial.
 *
 * @param low rank of the lower bound, from 1
 * @param high rank of the upper bound, at most the number of observations
 * @see <a href="https://doi.org/10.1002/0471722162">David and Nagaraja (2003), Order Statistics, section 7.1</a>
 */
public record QuantileRanks(long low, long high) {
    /** From here on the normal distribution stands for the binomial. */
    private static final double NORMAL_FROM_VARIANCE = 25;

    public QuantileRanks {
        if (low < 1 || high < low) {
            throw new IllegalArgumentException("ranks must be 1 <= low <= high, got: " + low + " and " + high);
        }
    }

    /** The ranks for quantile {@code q} of {@code n} observations; empty if these are too few to bound it. */
    public static Optional<QuantileRanks> of(long n, double q) {
        if (!(q > 0 && q < 1)) {
            throw new IllegalArgumentException("q must be > 0 and < 1, got: " + q);
        }
        if (n < 1) {
            return Optional.empty();
        }
        long low;
        long high;
        double variance = n * q * (1 - q);
        if (variance >= NORMAL_FROM_VARIANCE) {
            double half = Normal.Z95 * Math.sqrt(variance);
            low = (long) Math.floor(n * q - half);
            high = (long) Math.ceil(n * q + half) + 1;
        } else if (n <= Integer.MAX_VALUE) {
            BinomialDistribution below = new BinomialDistribution(null, (int) n, q);
            // the largest rank with P(fewer than rank lie below) <= 2.5 %, the smallest with P(at least rank) <= 2.5 %
            low = below.inverseCumulativeProbability(0.025);
            high = below.inverseCumulativeProbability(0.975) + 1L;
        } else {
            return Optional.empty();
        }
        return low < 1 || high > n ? Optional.empty() : Optional.of(new QuantileRanks(low, high));
    }
}
