package dev.assay.platform.stats;

import java.util.Optional;

/**
 * The mixture sequential probability ratio test of whether a difference is zero: it may be looked at after every single
 * observation, and stopped at will, without erring more often than it says.
 *
 * <p>That price is paid in width: a test with a fixed end would see the same difference with fewer observations.
 *
 * @param difference the estimate
 * @param pValue valid at this and every other look; of several looks the smallest may be kept
 * @param ci95 an interval that holds the truth at all looks together with 95 % confidence
 * @see <a href="https://doi.org/10.1287/opre.2021.2135">Johari, Koomen, Pekelis and Walsh (2022), Always valid inference:
 *     continuous monitoring of A/B tests</a>
 */
public record SequentialTest(double difference, double pValue, Interval ci95) {
    private static final double ALPHA = 0.05;

    /**
     * The fewest good and bad observations a side needs before its rate is near enough to normal; before that the test of
     * rates stays silent, or early looks would err too often.
     */
    public static final long MIN_OF_EACH = 10;

    /**
     * The test of a difference that is about normally distributed.
     *
     * @param variance of the estimate, as of now
     * @param effect the size of difference that it should find soonest: the standard deviation of the mixture
     */
    public static SequentialTest of(double difference, double variance, double effect) {
        if (!Double.isFinite(difference) || !(variance > 0) || !(effect > 0)) {
            throw new IllegalArgumentException("difference must be finite, variance and effect > 0, got: " + difference
                    + ", " + variance + ", " + effect);
        }
        double mixture = effect * effect;
        double both = variance + mixture;
        double logRatio = 0.5 * Math.log(variance / both) + mixture * difference * difference / (2 * variance * both);
        double half = Math.sqrt(variance * both / mixture * (2 * Math.log(1 / ALPHA) + Math.log(both / variance)));
        return new SequentialTest(
                difference, Math.min(1, Math.exp(-logRatio)), new Interval(difference - half, difference + half));
    }

    /** The test of {@code good1/n1 - good2/n2}; empty while a side has too few observations of either kind. */
    public static Optional<SequentialTest> ofRates(long good1, long n1, long good2, long n2, double effect) {
        if (Math.min(good1, n1 - good1) < MIN_OF_EACH || Math.min(good2, n2 - good2) < MIN_OF_EACH) {
            return Optional.empty();
        }
        double p1 = (double) good1 / n1;
        double p2 = (double) good2 / n2;
        return Optional.of(of(p1 - p2, p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2, effect));
    }

    /** The test of the first mean less the second; empty while a sample has too few values, or neither varies. */
    public static Optional<SequentialTest> ofMeans(WelchT.Sample first, WelchT.Sample second, double effect) {
        double variance = first.squaredError() + second.squaredError();
        if (Math.min(first.n(), second.n()) < 2 * MIN_OF_EACH || variance == 0) {
            return Optional.empty();
        }
        return Optional.of(of(first.mean() - second.mean(), variance, effect));
    }
}
