package dev.assay.platform.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Control of the false discovery rate: of all that is called different, the expected share that is not stays under the
 * level, for independent (or positively dependent) tests. It finds more than {@link Holm}, which keeps even one false call
 * unlikely.
 *
 * @see <a href="https://doi.org/10.1111/j.2517-6161.1995.tb02031.x">Benjamini and Hochberg (1995), Controlling the false
 *     discovery rate: a practical and powerful approach to multiple testing</a>
 */
public final class BenjaminiHochberg {
    private BenjaminiHochberg() {}

    /** The adjusted p-values (q-values), in the order of the given ones; each may be compared with the level itself. */
    public static double[] adjust(double... pValues) {
        for (double p : pValues) {
            if (!(p >= 0 && p <= 1)) {
                throw new IllegalArgumentException("a p-value must be 0 to 1, got: " + p);
            }
        }
        int n = pValues.length;
        int[] rising = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> pValues[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[n];
        double smallest = 1;
        for (int rank = n; rank >= 1; rank--) {
            smallest = Math.min(smallest, pValues[rising[rank - 1]] * n / rank);
            adjusted[rising[rank - 1]] = smallest;
        }
        return adjusted;
    }
}
