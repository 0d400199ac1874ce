package dev.assay.alert.domain.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What "usual" is: a figure over earlier windows of the same length, never the one looked at.
 *
 * <p>For a sliding window these are up to 96 windows (a day of quarter hours), but at most 14 days, that ended before the
 * window and its {@code for} began; at least four must have a value. For the day so far they are the 14 complete days
 * before; history must reach back seven.
 */
public enum Baseline {
    MOVING_MEDIAN,
    MOVING_AVERAGE;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Baseline> named(String wireName) {
        return Arrays.stream(values())
                .filter(baseline -> baseline.wireName().equals(wireName))
                .findFirst();
    }

    /** The middle or the mean of at least one value. */
    public double of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values must not be empty");
        }
        if (this == MOVING_AVERAGE) {
            return Arrays.stream(values).sum() / values.length;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
