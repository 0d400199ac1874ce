package dev.assay.bench;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.ExponentialHistogram;
import dev.assay.platform.window.WindowState;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongSupplier;

/** P11: the largest relative error of any quantile, over distributions that are hard in different ways. */
final class SketchError {
    private static final int VALUES = 1_000_000;
    private static final double[] QUANTILES = {.5, .75, .9, .95, .99, .999};

    private SketchError() {}

    static Ratio measure() {
        Random random = new Random(11);
        double worst = 0;
        worst = Math.max(worst, worst(() -> (long) Math.exp(14 + 0.8 * random.nextGaussian())));
        worst = Math.max(
                worst,
                worst(() ->
                        random.nextBoolean() ? 80_000 + random.nextInt(20_000) : 4_000_000 + random.nextInt(900_000)));
        worst = Math.max(worst, worst(() -> 1_234_567));
        worst = Math.max(worst, worst(() -> (long) Math.min(8.6e10, 1_000 / Math.pow(random.nextDouble(), 1.4))));
        return new Ratio(
                "P11",
                "largest quantile error, % of the exact nearest rank",
                "%",
                new double[] {worst * 100},
                new double[] {1},
                1.0,
                0.55,
                true);
    }

    private static double worst(LongSupplier distribution) {
        long[] values = new long[VALUES];
        WindowState window = new WindowState();
        for (int i = 0; i < VALUES; i++) {
            values[i] = Math.max(1, distribution.getAsLong());
            window.observeMicros(Measure.MEASURE_LATENCY, values[i], 1);
        }
        Arrays.sort(values);
        double worst = 0;
        for (double quantile : QUANTILES) {
            long exact = values[(int) Math.ceil(quantile * VALUES) - 1];
            double estimate = ExponentialHistogram.quantile(
                            window.get(Measure.MEASURE_LATENCY).buckets(), quantile)
                    .orElseThrow();
            worst = Math.max(worst, Math.abs(estimate - exact) / exact);
        }
        return worst;
    }
}
