package dev.assay.quality.train;

import java.util.Arrays;

/**
 * How rare still higher scores are than any seen: an exponential tail over the highest ones (peaks over threshold, Coles,
 * An Introduction to Statistical Modeling of Extreme Values, 4.2, with shape 0).
 */
record Tail(double from, double shareAbove, double meanExcess) {

    /** Fits the tail to the highest {@code share} of the scores. */
    static Tail fit(double[] scores, double share) {
        double[] sorted = scores.clone();
        Arrays.sort(sorted);
        int above = Math.max(10, (int) Math.round(sorted.length * share));
        double from = sorted[sorted.length - above - 1];
        double excess = 0;
        for (int i = sorted.length - above; i < sorted.length; i++) {
            excess += sorted[i] - from;
        }
        return new Tail(from, (double) above / sorted.length, excess / above);
    }

    /** The score that this share of texts exceeds. */
    double exceededBy(double share) {
        return from + meanExcess * StrictMath.log(shareAbove / share);
    }
}
