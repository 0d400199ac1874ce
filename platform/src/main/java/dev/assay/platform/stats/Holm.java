package dev.assay.platform.stats;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Holm's correction for testing several things at once: the chance that any of them is called different by accident stays
 * under the level of one.
 *
 * @see <a href="https://www.jstor.org/stable/4615733">Holm (1979), A simple sequentially rejective multiple test
 *     procedure</a>
 */
public final class Holm {
    private Holm() {}

    /** The adjusted p-values, in the order of the given ones; each may be compared with the level itself. */
    public static double[] adjust(double... pValues) {
        for (double p : pValues) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("a p-value must be 0 to 1, got: " + p);
            }
        }
        int[] rising = IntStream.range(0, pValues.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[pValues.length];
        Arrays.fill(adjusted, 1);
        double largest = 0;
        for (int rank = 0; rank < rising.length; rank++) {
            largest = Math.max(largest, (rising.length - rank) * pValues[rising[rank]]);
            adjusted[rising[rank]] = Math.min(1, largest);
        }
        return adjusted;
    }
}
