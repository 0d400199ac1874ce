package dev.assay.quality.train;

import dev.assay.quality.train.Sample.Features;
import java.util.Arrays;
import java.util.List;

/**
 * Fits a weighted, L2-regularised logistic regression by L-BFGS (Nocedal and Wright, Numerical Optimization, algorithm
 * 7.5). No randomness: the same samples give the same weights.
 *
 * <p>Parameters lie in one vector: n-gram weights, then rule weights, then the bias.
 */
final class LogisticTrainer {
    private static final int HISTORY = 8;

    private final int bits;
    private final double ngramPenalty;
    private final double rulePenalty;
    private final double[] rulePriors;
    private final int iterations;

    /**
     * @param ngramPenalty how strongly n-gram weights are pulled to zero
     * @param rulePenalty how strongly rule weights are pulled to their priors
     */
    LogisticTrainer(int bits, double ngramPenalty, double rulePenalty, double[] rulePriors, int iterations) {
        this.bits = bits;
        this.ngramPenalty = ngramPenalty;
        this.rulePenalty = rulePenalty;
        this.rulePriors = rulePriors.clone();
        this.iterations = iterations;
    }

    /** The parameters that fit best; {@code weights} says how much each sample counts. */
    double[] fit(List<Sample> samples, double[] weights) {
        int size = (1 << bits) + rulePriors.length + 1;
        double[] x = new double[size];
        System.arraycopy(rulePriors, 0, x, 1 << bits, rulePriors.length);
        double[] gradient = new double[size];
        double loss = loss(samples, weights, x, gradient);
        double[][] steps = new double[HISTORY][];
        double[][] changes = new double[HISTORY][];
        double[] rho = new double[HISTORY];
        int stored = 0;
        for (int k = 0; k < iterations; k++) {
            double[] direction = direction(gradient, steps, changes, rho, stored);
            double slope = dot(direction, gradient);
            if (slope >= 0) {
                break;
            }
            double length = stored == 0 ? 1 / Math.sqrt(-slope) : 1;
            double[] next = new double[size];
            double[] nextGradient = new double[size];
            double nextLoss = Double.POSITIVE_INFINITY;
            for (int tries = 0; tries < 20; tries++, length /= 2) {
                for (int i = 0; i < size; i++) {
                    next[i] = x[i] + length * direction[i];
                }
                nextLoss = loss(samples, weights, next, nextGradient);
                if (nextLoss <= loss + 1e-4 * length * slope) {
                    break;
                }
            }
            if (loss - nextLoss < 1e-7 * Math.abs(loss)) {
                break;
            }
            double[] step = minus(next, x);
            double[] change = minus(nextGradient, gradient);
            double curvature = dot(step, change);
            if (curvature > 1e-12) {
                int slot = stored % HISTORY;
                steps[slot] = step;
                changes[slot] = change;
                rho[slot] = 1 / curvature;
                stored++;
            }
            x = next;
            gradient = nextGradient;
            loss = nextLoss;
        }
        return x;
    }

    /** The logit that these parameters give a text. */
    double logit(Features sample, double[] x) {
        int mask = (1 << bits) - 1;
        double logit = x[x.length - 1];
        logit += sum(sample.words(), x, mask) * scale(sample.words());
        logit += sum(sample.chars(), x, mask) * scale(sample.chars());
        for (long rest = sample.rules(); rest != 0; rest &= rest - 1) {
            logit += x[(1 << bits) + Long.numberOfTrailingZeros(rest)];
        }
        return logit;
    }

    private double loss(List<Sample> samples, double[] weights, double[] x, double[] gradient) {
        Arrays.fill(gradient, 0);
        double loss = 0;
        int ngrams = 1 << bits;
        for (int i = 0; i < ngrams; i++) {
            loss += 0.5 * ngramPenalty * x[i] * x[i];
            gradient[i] = ngramPenalty * x[i];
        }
        for (int i = 0; i < rulePriors.length; i++) {
            double off = x[ngrams + i] - rulePriors[i];
            loss += 0.5 * rulePenalty * off * off;
            gradient[ngrams + i] = rulePenalty * off;
        }
        int mask = ngrams - 1;
        for (int s = 0; s < weights.length; s++) {
            if (weights[s] == 0) {
                continue;
            }
            Sample sample = samples.get(s);
            Features text = sample.whole();
            double logit = logit(text, x);
            double signed = sample.positive() ? logit : -logit;
            loss += weights[s]
                    * (signed > 0
                            ? StrictMath.log1p(StrictMath.exp(-signed))
                            : StrictMath.log1p(StrictMath.exp(signed)) - signed);
            double pull = weights[s] * (1 / (1 + StrictMath.exp(-logit)) - (sample.positive() ? 1 : 0));
            addTo(gradient, text.words(), pull * scale(text.words()), mask);
            addTo(gradient, text.chars(), pull * scale(text.chars()), mask);
            for (long rest = text.rules(); rest != 0; rest &= rest - 1) {
                gradient[ngrams + Long.numberOfTrailingZeros(rest)] += pull;
            }
            gradient[gradient.length - 1] += pull;
        }
        return loss;
    }

    private static double scale(int[] features) {
        return features.length == 0 ? 0 : 1 / Math.sqrt(features.length);
    }

    private static double sum(int[] features, double[] x, int mask) {
        double sum = 0;
        for (int feature : features) {
            sum += x[feature & mask];
        }
        return sum;
    }

    private static void addTo(double[] gradient, int[] features, double amount, int mask) {
        for (int feature : features) {
            gradient[feature & mask] += amount;
        }
    }

    private static double[] direction(
            double[] gradient, double[][] steps, double[][] changes, double[] rho, int stored) {
        double[] q = gradient.clone();
        int known = Math.min(stored, HISTORY);
        double[] alpha = new double[HISTORY];
        for (int k = 1; k <= known; k++) {
            int slot = (stored - k) % HISTORY;
            alpha[slot] = rho[slot] * dot(steps[slot], q);
            addScaled(q, changes[slot], -alpha[slot]);
        }
        if (known > 0) {
            int last = (stored - 1) % HISTORY;
            double gamma = 1 / (rho[last] * dot(changes[last], changes[last]));
            for (int i = 0; i < q.length; i++) {
                q[i] *= gamma;
            }
        }
        for (int k = known; k >= 1; k--) {
            int slot = (stored - k) % HISTORY;
            addScaled(q, steps[slot], alpha[slot] - rho[slot] * dot(changes[slot], q));
        }
        for (int i = 0; i < q.length; i++) {
            q[i] = -q[i];
        }
        return q;
    }

    private static void addScaled(double[] target, double[] source, double factor) {
        for (int i = 0; i < target.length; i++) {
            target[i] += factor * source[i];
        }
    }

    private static double[] minus(double[] a, double[] b) {
        double[] difference = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            difference[i] = a[i] - b[i];
        }
        return difference;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
