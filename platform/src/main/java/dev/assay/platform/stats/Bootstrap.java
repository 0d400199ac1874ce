package dev.assay.platform.stats;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.StatUtils;

/**
 * The bias-corrected and accelerated bootstrap interval of a statistic: for skewed values such as costs, where Student's t
 * would be off to one side. The same values and seed give the same interval.
 *
 * @see <a href="https://doi.org/10.1080/01621459.1987.10478410">Efron (1987), Better bootstrap confidence intervals</a>
 */
public final class Bootstrap {
    /** How often the values are drawn anew. */
    public static final int RESAMPLES = 2_000;

    /** The most values that it takes: its work is this times {@link #RESAMPLES}. */
    public static final int MAX_VALUES = 100_000;

    private Bootstrap() {}

    /** The 95 % interval of the mean; empty if there are fewer than two values. */
    public static Optional<Interval> meanInterval(double[] values, long seed) {
        return interval(values, StatUtils::mean, seed);
    }

    /** The 95 % interval of a statistic; empty if there are fewer than two values. */
    public static Optional<Interval> interval(double[] values, ToDoubleFunction<double[]> statistic, long seed) {
        if (values.length > MAX_VALUES) {
            throw new IllegalArgumentException(
                    "there must be at most " + MAX_VALUES + " values, got: " + values.length);
        }
        if (values.length < 2) {
            return Optional.empty();
        }
        double estimate = statistic.applyAsDouble(values);
        double[] resampled = resampled(values, statistic, seed);
        if (resampled[0] == resampled[RESAMPLES - 1]) {
            return Optional.of(new Interval(estimate, estimate));
        }
        double bias = Normal.quantile(shareBelow(resampled, estimate));
        double acceleration = acceleration(values, statistic);
        double low = at(resampled, adjusted(-Normal.Z95, bias, acceleration));
        double high = at(resampled, adjusted(Normal.Z95, bias, acceleration));
        return Optional.of(new Interval(Math.min(low, high), Math.max(low, high)));
    }

    private static double[] resampled(double[] values, ToDoubleFunction<double[]> statistic, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[] results = new double[RESAMPLES];
        double[] drawn = new double[values.length];
        for (int r = 0; r < RESAMPLES; r++) {
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = values[random.nextInt(values.length)];
            }
            results[r] = statistic.applyAsDouble(drawn);
        }
        Arrays.sort(results);
        return results;
    }

    /** The share of results below the estimate, equal ones counting half; kept off 0 and 1, which have no quantile. */
    private static double shareBelow(double[] sorted, double estimate) {
        double below = 0;
        for (double result : sorted) {
            below += result < estimate ? 1 : result == estimate ? 0.5 : 0;
        }
        return Math.min(1 - 0.5 / RESAMPLES, Math.max(0.5 / RESAMPLES, below / RESAMPLES));
    }

    /** How fast the standard error changes with the statistic, by leaving out one value after the other. */
    private static double acceleration(double[] values, ToDoubleFunction<double[]> statistic) {
        double[] without = new double[values.length];
        double[] rest = new double[values.length - 1];
        for (int i = 0; i < values.length; i++) {
            System.arraycopy(values, 0, rest, 0, i);
            System.arraycopy(values, i + 1, rest, i, rest.length - i);
            without[i] = statistic.applyAsDouble(rest);
        }
        double mean = StatUtils.mean(without);
        double squares = 0;
        double cubes = 0;
        for (double value : without) {
            double distance = mean - value;
            squares += distance * distance;
            cubes += distance * distance * distance;
        }
        return squares == 0 ? 0 : cubes / (6 * Math.pow(squares, 1.5));
    }

    private static double adjusted(double z, double bias, double acceleration) {
        double moved = bias + z;
        return 1 - Normal.above(bias + moved / (1 - acceleration * moved));
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, Math.max(0, Math.floor(share * sorted.length)))];
    }
}
