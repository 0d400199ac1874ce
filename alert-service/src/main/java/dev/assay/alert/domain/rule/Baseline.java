package dev.assay.alert.domain.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What "usual" is: a figure over earlier windows of the same length, never the one looked at.
 *
 * <p>For a sliding window these are up to 96 windows (a day of quarter hours), but at most 14 days, that ended before the
 * window and its {@code for} began; at least four must have a value. For the day so far they are the 14 complete days
 * before; history must reach back seven. {@link #SAME_HOUR} looks at the same time of the same weekday instead, with the
 * windows beside it.
 */
public enum Baseline {
    MOVING_MEDIAN,
    MOVING_AVERAGE,
    /**
     * The median over the same time of the week, in up to four weeks before: the window, the one before and the one after
     * it. At least two weeks need a value.
     */
    SAME_HOUR;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Baseline> named(String wireName) {
        return Arrays.stream(values())
                .filter(baseline -> baseline.wireName().equals(wireName))
                .findFirst();
    }

    /** All names, for messages. */
    public static String names() {
        return String.join(", ", Arrays.stream(values()).map(Baseline::wireName).toList());
    }

    /** The middle or the mean of at least one value. */
    public double of(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("values must not be empty");
        }
        if (this == MOVING_AVERAGE) {
            return Arrays.stream(values).sum() / values.length;
        }
        return median(values);
    }

    /** The median of at least one value. */
    public static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** 1.4826 times the median absolute deviation from the median: a standard deviation, if the values are normal. */
    public static double robustDeviation(double[] values) {
        double median = median(values);
        return 1.482602218505602
                * median(Arrays.stream(values)
                        .map(value -> Math.abs(value - median))
                        .toArray());
    }
}
