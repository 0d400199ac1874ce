package dev.assay.alert.domain.rule;

/**
 * What a value must rest on before it is believed.
 *
 * @param minSamples fewer observations in the window than this are no data
 * @param minCoverage a smaller share of what could have been observed is no data; 0 asks for none
 * @param intervalBound whether the end of the value's 95 % interval that is nearer to the threshold is compared instead of
 *     the value itself: an alert then says that the rate is surely over it, not that the sample was
 */
public record Evidence(long minSamples, double minCoverage, boolean intervalBound) {
    private static final long MAX_SAMPLES = 1_000_000_000;

    public Evidence {
        if (minSamples < 0 || minSamples > MAX_SAMPLES) {
            throw new InvalidRule("min_samples", "must be 0 to " + MAX_SAMPLES + ", got: " + minSamples);
        }
        if (!(minCoverage >= 0 && minCoverage <= 1)) {
            throw new InvalidRule("min_coverage", "must be 0 to 1, got: " + minCoverage);
        }
    }

    /** So many samples, of any coverage, and the value as it stands. */
    public static Evidence samples(long minSamples) {
        return new Evidence(minSamples, 0, false);
    }
}
