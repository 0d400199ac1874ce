package dev.assay.platform.stats;

import java.util.Optional;

/**
 * How well two raters agree beyond chance: 1 is always, 0 is no more than chance would.
 *
 * @param kappa the agreement
 * @param observed the share of cases in which they agree
 * @param ci95 the interval of kappa
 * @see <a href="https://doi.org/10.1177/001316446002000104">Cohen (1960), A coefficient of agreement for nominal
 *     scales</a>
 * @see <a href="https://doi.org/10.1037/h0028106">Fleiss, Cohen and Everitt (1969), Large sample standard errors of kappa
 *     and weighted kappa</a>
 */
public record CohensKappa(double kappa, double observed, Interval ci95) {

    /**
     * The agreement of a square table: row the first rater's class, column the second's.
     *
     * <p>Empty if there are no cases, or if both put all in one class, where chance alone agrees always.
     */
    public static Optional<CohensKappa> of(long[][] table) {
        int classes = table.length;
        double n = 0;
        double agreed = 0;
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
            agreed += table[i][i];
        }
        if (n == 0) {
            return Optional.empty();
        }
        double chance = 0;
        for (int i = 0; i < classes; i++) {
            rows[i] /= n;
            columns[i] /= n;
            chance += rows[i] * columns[i];
        }
        if (1 - chance < 1e-12) {
            return Optional.empty();
        }
        double observed = agreed / n;
        double kappa = (observed - chance) / (1 - chance);
        double half = Normal.Z95 * Math.sqrt(Math.max(0, variance(table, n, rows, columns, kappa, chance)));
        return Optional.of(new CohensKappa(kappa, observed, new Interval(kappa - half, kappa + half).within(-1, 1)));
    }

    /** Equation 13 of Fleiss, Cohen and Everitt. */
    private static double variance(
            long[][] table, double n, double[] rows, double[] columns, double kappa, double chance) {
        double agreeing = 0;
        double differing = 0;
        for (int i = 0; i < table.length; i++) {
            for (int j = 0; j < table.length; j++) {
                double share = table[i][j] / n;
                if (i == j) {
                    double weight = 1 - (rows[i] + columns[i]) * (1 - kappa);
                    agreeing += share * weight * weight;
                } else {
                    double weight = columns[i] + rows[j];
                    differing += share * weight * weight;
                }
            }
        }
        double rest = kappa - chance * (1 - kappa);
        return (agreeing + (1 - kappa) * (1 - kappa) * differing - rest * rest) / ((1 - chance) * (1 - chance) * n);
    }
}
