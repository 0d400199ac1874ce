package dev.assay.platform.stats;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is usual, told by median and median absolute deviation: up to half of the values may be anomalies without moving it
 * far, unlike mean and standard deviation.
 *
 * @param median the middle value
 * @param spread comparable with a standard deviation; 0 if all values are equal
 * @param count how many values it rests on
 * @see <a href="https://www.itl.nist.gov/div898/handbook/eda/section3/eda35h.htm">NIST/SEMATECH handbook 1.3.5.17:
 *     modified z-scores of Iglewicz and Hoaglin (1993)</a>
 */
public record RobustBaseline(double median, double spread, int count) {
    /** Makes the median absolute deviation of normal values equal to their standard deviation: 1 / 0.6745. */
    private static final double MAD_TO_SIGMA = 1.482602218505602;
    /** The same for the mean absolute deviation: sqrt(pi / 2). */
    private static final double MEAN_AD_TO_SIGMA = 1.2533141373155001;

    /** The baseline of some values; empty if there are none. */
    public static Optional<RobustBaseline> of(double... values) {
        if (values.length == 0) {
            return Optional.empty();
        }
        double[] sorted = sorted(values);
        double median = medianOfSorted(sorted);
        double[] deviations =
                Arrays.stream(sorted).map(v -> Math.abs(v - median)).sorted().toArray();
        double spread = MAD_TO_SIGMA * medianOfSorted(deviations);
        if (spread == 0) { // over half of the values are equal: the mean deviation still sees the others
            spread = MEAN_AD_TO_SIGMA * Arrays.stream(deviations).average().orElse(0);
        }
        return Optional.of(new RobustBaseline(median, spread, values.length));
    }

    /** The median; of an even number of values the mean of the middle two; empty if there are none. */
    public static OptionalDouble median(double... values) {
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(medianOfSorted(sorted(values)));
    }

    /** How many spreads a value is above (or, negative, below) what is usual; infinite if all were equal and it is not. */
    public double deviation(double value) {
        double distance = value - median;
        return distance == 0 ? 0 : distance / spread;
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        for (double value : sorted) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("values must be finite, got: " + value);
            }
        }
        Arrays.sort(sorted);
        return sorted;
    }

    private static double medianOfSorted(double[] sorted) {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2;
    }
}
