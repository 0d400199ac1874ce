package dev.assay.platform.stats;

import java.util.Optional;

/**
 * How well two raters agree beyond chance on an ordered scale, where a near miss counts less than a far one: the weight of
 * a disagreement is the square of its distance.
 *
 * @param kappa the agreement: 1 is always, 0 is no more than chance would
 * @param ci95 its 95 % interval
 * @see <a href="https://doi.org/10.1037/h0026256">Cohen (1968), Weighted kappa: nominal scale agreement with provision for
 *     scaled disagreement or partial credit</a>
 * @see <a href="https://doi.org/10.1037/h0028106">Fleiss, Cohen and Everitt (1969), Large sample standard errors of kappa
 *     and weighted kappa</a>
 */
public record WeightedKappa(double kappa, Interval ci95) {

    /**
     * The agreement of a square table: row the first rater's class, column the second's, both in the order of the scale.
     *
     * <p>Empty without cases, and where chance alone would agree always.
     */
    public static Optional<WeightedKappa> quadratic(long[][] table) {
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
                observed += weight(i, j, classes) * table[i][j] / n;
                chance += weight(i, j, classes) * rows[i] / n * columns[j] / n;
            }
        }
        if (1 - chance < 1e-12) {
            return Optional.empty();
        }
        double kappa = (observed - chance) / (1 - chance);
        double half = Normal.Z95 * Math.sqrt(Math.max(0, variance(table, n, rows, columns, kappa, chance)));
        return Optional.of(new WeightedKappa(kappa, new Interval(kappa - half, kappa + half).within(-1, 1)));
    }

    /** 1 for agreement, 0 for the two ends of the scale. */
    private static double weight(int i, int j, int classes) {
        double distance = (double) (i - j) / (classes - 1);
        return classes == 1 ? 1 : 1 - distance * distance;
    }

    /** Equation 8 of Fleiss, Cohen and Everitt. */
    private static double variance(
            long[][] table, double n, double[] rows, double[] columns, double kappa, double chance) {
        int classes = table.length;
        double[] ofRow = new double[classes];
        double[] ofColumn = new double[classes];
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                ofRow[i] += weight(i, j, classes) * columns[j] / n;
                ofColumn[j] += weight(i, j, classes) * rows[i] / n;
            }
        }
        double sum = 0;
        for (int i = 0; i < classes; i++) {
            for (int j = 0; j < classes; j++) {
                double part = weight(i, j, classes) - (ofRow[i] + ofColumn[j]) * (1 - kappa);
                sum += table[i][j] / n * part * part;
            }
        }
        double rest = kappa - chance * (1 - kappa);
        return (sum - rest * rest) / ((1 - chance) * (1 - chance) * n);
    }
}
