package dev.assay.platform.stats;

import java.util.Optional;

/**
 * How well two raters agree beyond chance: 1 is always, 0 is no more than chance would.
 *
 * @param kappa the agreement
 * @param observed the share of cases in which they agree; near misses in part, where they count in part
 * @param ci95 the interval of kappa
 * @see <a href="https://doi.org/10.1177/001316446002000104">Cohen (1960), A coefficient of agreement for nominal
 *     scales</a>
 * @see <a href="https://doi.org/10.1037/h0026256">Cohen (1968), Weighted kappa: nominal scale agreement with provision for
 *     scaled disagreement or partial credit</a>
 * @see <a href="https://doi.org/10.1037/h0028106">Fleiss, Cohen and Everitt (1969), Large sample standard errors of kappa
 *     and weighted kappa</a>
 */
public record CohensKappa(double kappa, double observed, Interval ci95) {

    /** How much of an agreement the classes {@code i} and {@code j} of a scale are: 1 is all, 0 is none. */
    private interface Weight {
        double of(int i, int j);
    }

    /**
     * The agreement of a square table: row the first rater's class, column the second's.
     *
     * <p>Empty if there are no cases, or if both put all in one class, where chance alone agrees always.
     */
    public static Optional<CohensKappa> of(long[][] table) {
        return of(table, (i, j) -> i == j ? 1 : 0);
    }

    /**
     * The agreement on an ordered scale, its classes in order, where a near miss counts less than a far one: the weight of
     * a disagreement is the square of its distance. Empty as {@link #of(long[][])} is.
     */
    public static Optional<CohensKappa> quadratic(long[][] table) {
        return of(table, (i, j) -> {
            double distance = i == j ? 0 : (double) (i - j) / (table.length - 1);
            return 1 - distance * distance;
        });
    }

    private static Optional<CohensKappa> of(long[][] table, Weight weight) {
        int classes = table.length;
        double n = 0;
        double[] rows = new double[classes];
        double[] columns = new double[classes];
        for (int i = 0; i < classes; i++) {
            if (table[i].length != classes) {
                throw new IllegalArgumentException("the table must be square, got a row of " + table[i].length
                        + " in a table of " + classes + " rows");
            }
            for (int j = 0; j < classes; j++) {
                if (table[i][j] < 0) {
                    throw new IllegalArgumentException("counts must be >= 0, got: " + table[i][j]);
                }
                n += table[i][j];
                rows[i] += table[i][j];
                columns[j] += table[i][j];
            }
        }
        if (n == 0) {
            return Optional.empty();
        }
        double observed = 0;
        double chance = 0;
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                observed += weight.of(i, j) * table[i][j] / n;
                chance += weight.of(i, j) * rows[i] / n * columns[j] / n;
            }
        }
        if (1 - chance < 1e-12) {
            return Optional.empty();
        }
        double kappa = (observed - chance) / (1 - chance);
        double variance = variance(table, weight, n, rows, columns, kappa, chance);
        double half = Normal.Z95 * Math.sqrt(Math.max(0, variance));
        return Optional.of(new CohensKappa(kappa, observed, new Interval(kappa - half, kappa + half).within(-1, 1)));
    }

    /** Equation 8 of Fleiss, Cohen and Everitt, which is their equation 13 where only agreement counts. */
    private static double variance(
            long[][] table, Weight weight, double n, double[] rows, double[] columns, double kappa, double chance) {
        int classes = table.length;
        double[] ofRow = new double[classes];
        double[] ofColumn = new double[classes];
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                ofRow[i] += weight.of(i, j) * columns[j] / n;
                ofColumn[j] += weight.of(i, j) * rows[i] / n;
            }
        }
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                double part = weight.of(i, j) - (ofRow[i] + ofColumn[j]) * (1 - kappa);
                sum += table[i][j] / n * part * part;
            }
        }
        double rest = kappa - chance * (1 - kappa);
        return (sum - rest * rest) / ((1 - chance) * (1 - chance) * n);
    }
}
