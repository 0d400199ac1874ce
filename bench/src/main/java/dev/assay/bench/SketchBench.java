package dev.assay.bench;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.encoding.GrowingByteArrayOutput;
import com.datadoghq.sketch.ddsketch.mapping.CubicallyInterpolatedMapping;
import com.datadoghq.sketch.ddsketch.store.UnboundedSizeDenseStore;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.Buckets;
import dev.assay.platform.window.ExponentialHistogram;
import dev.assay.platform.window.WindowState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * P12: our histogram beside DDSketch with cubic mapping at 0.5 % (Masson et al., VLDB 12), which errs about as much, over the same
 * values: nanoseconds an insert, microseconds a merge of a thousand, bytes stored. The best of several rounds each, in turn.
 */
final class SketchBench {
    private static final double ALPHA = 0.005;
    private static final int VALUES = 1_000_000;
    private static final int PARTS = 1_000;
    private static final int ROUNDS = 15;

    private final long[] values = new long[VALUES];
    private double sink;

    SketchBench() {
        Random random = new Random(12);
        Arrays.setAll(values, i -> Math.max(1, (long) Math.exp(14 + 0.8 * random.nextGaussian())));
    }

    List<Ratio> measure() {
        List<Ratio> ratios = List.of(insert(), merge(), bytes());
        if (sink == 0) {
            throw new IllegalStateException("nothing was counted");
        }
        return ratios;
    }

    private Ratio insert() {
        return best(
                "P12i",
                "histogram insert, against DDSketch cubic 0.5 %",
                "ns",
                3,
                1.5,
                VALUES,
                this::ours,
                this::theirs);
    }

    private double ours() {
        Buckets buckets = new Buckets();
        for (long value : values) {
            buckets.add(ExponentialHistogram.index(value), 1);
        }
        return ExponentialHistogram.quantile(buckets, 0.99).orElseThrow();
    }

    private double theirs() {
        DDSketch sketch = theirSketch();
        for (long value : values) {
            sketch.accept(value);
        }
        return sketch.getValueAtQuantile(0.99);
    }

    private Ratio merge() {
        List<Buckets> ours = new ArrayList<>();
        List<DDSketch> theirs = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            Buckets buckets = new Buckets();
            DDSketch sketch = theirSketch();
            for (int i = part; i < VALUES; i += PARTS) {
                buckets.add(ExponentialHistogram.index(values[i]), 1);
                sketch.accept(values[i]);
            }
            ours.add(buckets);
            theirs.add(sketch);
        }
        return best(
                "P12m",
                "histogram merge, against DDSketch cubic 0.5 %",
                "us",
                3,
                1.5,
                PARTS * 1e3,
                () -> {
                    Buckets all = new Buckets();
                    ours.forEach(all::plus);
                    return (double) all.total();
                },
                () -> {
                    DDSketch all = theirSketch();
                    theirs.forEach(all::mergeWith);
                    return all.getCount();
                });
    }

    /** Of a minute's 60 values, as most rows are, and of all of them; the worse ratio. */
    private Ratio bytes() {
        Ratio worst = null;
        for (int n : new int[] {60, VALUES}) {
            WindowState window = new WindowState();
            DDSketch sketch = theirSketch();
            for (int i = 0; i < n; i++) {
                window.observeMicros(Measure.MEASURE_LATENCY, values[i], 1);
                sketch.accept(values[i]);
            }
            Ratio ratio = new Ratio(
                    "P12b",
                    "histogram of " + n + " values as stored, with count and sum",
                    "bytes",
                    new double[] {window.toBytes().length},
                    new double[] {encoded(sketch)},
                    2,
                    1.2,
                    true);
            if (worst == null || ratio.median() > worst.median()) {
                worst = ratio;
            }
        }
        return java.util.Objects.requireNonNull(worst);
    }

    private static DDSketch theirSketch() {
        return new DDSketch(new CubicallyInterpolatedMapping(ALPHA), UnboundedSizeDenseStore::new);
    }

    private static int encoded(DDSketch sketch) {
        try {
            GrowingByteArrayOutput output = GrowingByteArrayOutput.withDefaultInitialCapacity();
            sketch.encode(output, false);
            return output.trimmedCopy().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ratio best(
            String goal,
            String what,
            String unit,
            double floor,
            double target,
            double per,
            Supplier<Double> ours,
            Supplier<Double> theirs) {
        double a = Double.MAX_VALUE;
        double b = Double.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            a = Math.min(a, nanos(ours) / per);
            b = Math.min(b, nanos(theirs) / per);
        }
        return new Ratio(goal, what, unit, new double[] {a}, new double[] {b}, floor, target, true);
    }

    private double nanos(Supplier<Double> work) {
        long start = System.nanoTime();
        sink += work.get();
        return System.nanoTime() - start;
    }
}
