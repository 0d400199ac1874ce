package dev.assay.platform.stats;

import java.util.Arrays;
import java.util.Optional;
import org.apache.commons.math3.stat.ranking.NaturalRanking;
import org.apache.commons.math3.stat.ranking.TiesStrategy;

/**
 * The Mann-Whitney test of whether values of one sample tend to be larger than those of another: for latencies and other
 * skewed values, where a mean says little.
 *
 * @param u pairs in which the first sample's value is the larger, ties counting half
 * @param superiority the same as a share of all pairs: 0.5 if neither tends to be larger
 * @param pValue two-sided; exact for small samples without ties, else from the normal distribution, corrected for ties and
 *     continuity
 * @see <a href="https://doi.org/10.1214/aoms/1177730491">Mann and Whitney (1947), On a test of whether one of two random
 *     variables is stochastically larger than the other</a>
 * @see <a href="https://doi.org/10.1002/9781119196037">Hollander, Wolfe and Chicken (2014), Nonparametric Statistical
 *     Methods, section 4.1</a>
 */
public record MannWhitney(double u, double superiority, double pValue) {
    private static final int EXACT_UP_TO = 40;

    /** The test; empty if a sample has no values. */
    public static Optional<MannWhitney> test(double[] first, double[] second) {
        int n1 = first.length;
        int n2 = second.length;
        if (n1 == 0 || n2 == 0) {
            return Optional.empty();
        }
        double[] all = Arrays.copyOf(first, n1 + n2);
        System.arraycopy(second, 0, all, n1, n2);
        double[] ranks = new NaturalRanking(TiesStrategy.AVERAGE).rank(all);
        double rankSum = 0;
        for (int i = 0; i < n1; i++) {
            rankSum += ranks[i];
        }
        double u = rankSum - n1 * (n1 + 1.0) / 2;
        double ties = ties(all);
        double p = ties == 0 && n1 + n2 <= EXACT_UP_TO ? exact(u, n1, n2) : approximate(u, n1, n2, ties);
        return Optional.of(new MannWhitney(u, u / ((double) n1 * n2), p));
    }

    /** The sum of t^3 - t over the groups of equal values. */
    private static double ties(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double sum = 0;
        int start = 0;
        for (int i = 1; i <= sorted.length; i++) {
            if (i == sorted.length || sorted[i] != sorted[start]) {
                double t = i - start;
                sum += t * t * t - t;
                start = i;
            }
        }
        return sum;
    }

    private static double approximate(double u, int n1, int n2, double ties) {
        double n = (double) n1 + n2;
        double variance = (double) n1 * n2 / 12 * (n + 1 - ties / (n * (n - 1)));
        double distance = Math.abs(u - (double) n1 * n2 / 2) - 0.5;
        return variance <= 0 || distance <= 0 ? 1 : Normal.twoSided(distance / Math.sqrt(variance));
    }

    /** Counts the arrangements of both samples by their U. */
    private static double exact(double u, int n1, int n2) {
        // ways[i][v]: choices of i of the first values seen so far, with v pairs won
        double[][] ways = new double[n1 + 1][n1 * n2 + 1];
        ways[0][0] = 1;
        for (int position = 0; position < n1 + n2; position++) {
            for (int i = Math.min(n1, position + 1); i >= 1; i--) {
                int won = position - (i - 1); // of the second sample, so many are smaller
                for (int v = n1 * n2; v >= won && won <= n2; v--) {
                    ways[i][v] += ways[i - 1][v - won];
                }
            }
        }
        double total = Arrays.stream(ways[n1]).sum();
        double smaller = Math.min(u, (double) n1 * n2 - u);
        double tail = 0;
        for (int v = 0; v <= smaller; v++) {
            tail += ways[n1][v];
        }
        return Math.min(1, 2 * tail / total);
    }
}
