package dev.assay.platform.stats;

import java.util.SplittableRandom;

/**
 * How many observations the {@link SequentialTest} needs to find a difference with a given power, when it is looked at a
 * number of times and stops at the last look.
 *
 * <p>With the mixture as wide as the difference, its path depends on nothing but the information {@code difference² /
 * variance}; so the one question is how much of that is needed. It is answered by simulation, with a fixed seed: the same
 * question has the same answer.
 *
 * @see <a href="https://doi.org/10.1287/opre.2021.2135">Johari, Koomen, Pekelis and Walsh (2022), Always valid
 *     inference</a>
 */
public final class SequentialPlan {
    /** The most looks: more come to the same as watching all the time. */
    public static final int MOST_LOOKS = 90;

    private static final int PATHS = 8_000;
    private static final int BISECTIONS = 20;
    private static final double MOST_INFORMATION = 400;
    private static final long SEED = 20_220_601;

    private SequentialPlan() {}

    /**
     * The information at the last look.
     *
     * @param power the chance to find the difference, 0.5 to 0.99
     * @param alpha the chance to find one where none is, 0.0001 to 0.2
     * @param looks how often it is looked, evenly spaced, 1 to {@link #MOST_LOOKS}
     */
    public static double information(double power, double alpha, int looks) {
        if (!(power >= 0.5 && power <= 0.99) || !(alpha >= 0.0001 && alpha <= 0.2) || looks < 1 || looks > MOST_LOOKS) {
            throw new IllegalArgumentException("power must be 0.5 to 0.99, alpha 0.0001 to 0.2, looks 1 to "
                    + MOST_LOOKS + ", got: " + power + ", " + alpha + ", " + looks);
        }
        float[][] steps = steps(looks);
        double low = 0;
        double high = MOST_INFORMATION;
        for (int i = 0; i < BISECTIONS; i++) {
            double middle = (low + high) / 2;
            if (found(steps, middle, alpha) < power) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /**
     * Observations of all sides together.
     *
     * @param information as of {@link #information}
     * @param difference the smallest that should be found
     * @param variance1 of one observation of the first side
     * @param share1 of all observations that the first side gets; likewise for the second
     */
    public static long observations(
            double information, double difference, double variance1, double share1, double variance2, double share2) {
        double perObservation = variance1 / share1 + variance2 / share2;
        return (long) Math.ceil(information * perObservation / (difference * difference));
    }

    private static float[][] steps(int looks) {
        SplittableRandom random = new SplittableRandom(SEED);
        float[][] steps = new float[PATHS][looks];
        for (float[] path : steps) {
            for (int i = 0; i < looks; i++) {
                path[i] = (float) random.nextGaussian();
            }
        }
        return steps;
    }

    /** The share of paths in which the test's p-value falls to alpha by the last look. */
    private static double found(float[][] steps, double information, double alpha) {
        int looks = steps[0].length;
        double each = information / looks;
        double bound = Math.log(1 / alpha);
        double deviation = Math.sqrt(each);
        double[] limits = new double[looks]; // SequentialTest.of, solved for the sum, in units of the difference
        for (int i = 0; i < looks; i++) {
            double soFar = each * (i + 1);
            limits[i] = Math.sqrt(2 * (1 + soFar) * (bound + 0.5 * Math.log(1 + soFar)));
        }
        int found = 0;
        for (float[] path : steps) {
            double sum = 0;
            for (int i = 0; i < looks; i++) {
                sum += each + deviation * path[i];
                if (Math.abs(sum) >= limits[i]) {
                    found++;
                    break;
                }
            }
        }
        return (double) found / PATHS;
    }
}
