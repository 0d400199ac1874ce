package dev.assay.platform.stats;

import org.apache.commons.math3.distribution.NormalDistribution;

/** The standard normal distribution. */
final class Normal {
    /** The 97.5 % quantile: 95 % of the distribution lie within as many standard deviations. */
    static final double Z95 = 1.959963984540054;

    private Normal() {}

    /** The chance of a value at least as far from zero. */
    static double twoSided(double z) {
        return 2 * new NormalDistribution(null, 0, 1).cumulativeProbability(-Math.abs(z));
    }

    /** The chance of a larger value. */
    static double above(double z) {
        return new NormalDistribution(null, 0, 1).cumulativeProbability(-z);
    }

    /** The value below which a share of the distribution lies. */
    static double quantile(double p) {
        return new NormalDistribution(null, 0, 1).inverseCumulativeProbability(p);
    }
}
