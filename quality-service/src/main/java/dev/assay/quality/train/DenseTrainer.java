package dev.assay.quality.train;

import java.util.List;

/** Fits a logistic regression over a few numeric features by Newton's method; features are standardised first. */
final class DenseTrainer {
    private static final int ITERATIONS = 30;

    /** A fitted model in the features' own units. */
    record Fit(double[] weights, double bias) {
        double logit(double[] features) {
            double logit = bias;
            for (int i = 0; i < weights.length; i++) {
                logit += weights[i] * features[i];
            }
            return logit;
        }
    }

    private DenseTrainer() {}

    /** The fit with the least weighted loss plus {@code penalty / 2 · |standardised weights|²}. */
    static Fit fit(List<double[]> rows, boolean[] positive, double[] weights, double penalty) {
        return fit(rows, positive, weights, penalty, new double[positive.length]);
    }

    /** The same, where each row's logit has a given part that is not fitted. */
    static Fit fit(List<double[]> rows, boolean[] positive, double[] weights, double penalty, double[] given) {
        int n = rows.get(0).length;
        double[] mean = new double[n];
        double[] deviation = new double[n];
        standardise(rows, weights, mean, deviation);
        double[] x = new double[n + 1];
        for (int k = 0; k < ITERATIONS; k++) {
            double[] gradient = new double[n + 1];
            double[][] hessian = new double[n + 1][n + 1];
            for (int i = 0; i < n; i++) {
                gradient[i] = penalty * x[i];
                hessian[i][i] = penalty;
            }
            hessian[n][n] = 1e-9;
            double[] row = new double[n + 1];
            row[n] = 1;
            for (int r = 0; r < positive.length; r++) {
                double logit = x[n] + given[r];
                for (int i = 0; i < n; i++) {
                    row[i] = (rows.get(r)[i] - mean[i]) / deviation[i];
                    logit += x[i] * row[i];
                }
                double p = 1 / (1 + StrictMath.exp(-logit));
                double pull = weights[r] * (p - (positive[r] ? 1 : 0));
                double curve = weights[r] * p * (1 - p);
                for (int i = 0; i <= n; i++) {
                    gradient[i] += pull * row[i];
                    for (int j = 0; j <= i; j++) {
                        hessian[i][j] += curve * row[i] * row[j];
                    }
                }
            }
            double[] step = solve(hessian, gradient);
            for (int i = 0; i <= n; i++) {
                x[i] -= step[i];
            }
        }
        double[] scaled = new double[n];
        double bias = x[n];
        for (int i = 0; i < n; i++) {
            scaled[i] = x[i] / deviation[i];
            bias -= scaled[i] * mean[i];
        }
        return new Fit(scaled, bias);
    }

    private static void standardise(List<double[]> rows, double[] weights, double[] mean, double[] deviation) {
        double total = 0;
        for (int r = 0; r < weights.length; r++) {
            total += weights[r];
            for (int i = 0; i < mean.length; i++) {
                mean[i] += weights[r] * rows.get(r)[i];
            }
        }
        for (int i = 0; i < mean.length; i++) {
            mean[i] /= total;
        }
        for (int r = 0; r < weights.length; r++) {
            for (int i = 0; i < mean.length; i++) {
                deviation[i] += weights[r] * StrictMath.pow(rows.get(r)[i] - mean[i], 2);
            }
        }
        for (int i = 0; i < mean.length; i++) {
            deviation[i] = Math.sqrt(deviation[i] / total);
            if (deviation[i] < 1e-9) {
                deviation[i] = 1;
            }
        }
    }

    /** Solves the symmetric system whose lower triangle is given, by Cholesky decomposition. */
    private static double[] solve(double[][] a, double[] b) {
        int n = b.length;
        double[][] l = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = a[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= l[i][k] * l[j][k];
                }
                l[i][j] = i == j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / l[j][j];
            }
        }
        double[] y = new double[n];
        for (int i = 0; i < n; i++) {
            double sum = b[i];
            for (int k = 0; k < i; k++) {
                sum -= l[i][k] * y[k];
            }
            y[i] = sum / l[i][i];
        }
        double[] x = new double[n];
        for (int i = n - 1; i >= 0; i--) {
            double sum = y[i];
            for (int k = i + 1; k < n; k++) {
                sum -= l[k][i] * x[k];
            }
            x[i] = sum / l[i][i];
        }
        return x;
    }
}
