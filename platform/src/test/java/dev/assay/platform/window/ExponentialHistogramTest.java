package dev.assay.platform.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.assay.contracts.kpi.v1.Measure;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExponentialHistogramTest {
    private static final double[] QUANTILES = {0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 0.999, 1};
    private static final double PROMISED_ERROR = 0.0055;

    /** Golden vectors: a bucket may never move, or stored histograms would no longer be what they were. */
    @ParameterizedTest(name = "{0} is in bucket {1}")
    @CsvSource({
        "0, -1", // counts as 1
        "1, -1", // a power of two belongs to the bucket that it ends
        "2, 63",
        "3, 101", // log2(3) = 1.58496, times 64 = 101.4
        "4, 127",
        "5, 148",
        "7, 179",
        "10, 212",
        "91, 416",
        "92, 417",
        "93, 418",
        "999, 637",
        "1000, 637",
        "1023, 639",
        "1024, 639",
        "1025, 640",
        "123456, 1082",
        "1000000, 1275",
        "1048576, 1279",
        "1048577, 1280",
        "1059994, 1280", // 2^20.015625 = 1059994.28: the last whole number in the bucket
        "1059995, 1281",
        "812400, 1256",
        "5000000, 1424",
        "86399999999, 2325",
        "86400000000, 2325",
        "86400000001, 2325", // counts as 24 hours
        "9223372036854775807, 2325",
    })
    void putsAValueIntoItsBucket(long value, int bucket) {
        assertThat(ExponentialHistogram.index(value)).isEqualTo(bucket);
    }

    @Test
    void refusesNegativeValues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExponentialHistogram.index(-1))
                .withMessageContaining("-1");
    }

    /** 2^(k/64) < v is decided exactly as 2^k < v^64. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void agreesWithExactArithmetic(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 400; i++) {
            long value = 1 + (long) Math.exp(random.nextDouble() * Math.log(ExponentialHistogram.MAX_VALUE - 1));
            int index = ExponentialHistogram.index(value);
            java.math.BigInteger power = java.math.BigInteger.valueOf(value).pow(64);
            if (index >= 0) {
                assertThat(power).isGreaterThan(java.math.BigInteger.TWO.pow(index));
            }
            assertThat(power).isLessThanOrEqualTo(java.math.BigInteger.TWO.pow(index + 1));
        }
    }

    @Test
    void everyBoundLiesBetweenItsNeighbours() {
        for (int index = -1; index <= 2325; index++) {
            double low = ExponentialHistogram.lowerBound(index);
            double high = ExponentialHistogram.upperBound(index);
            assertThat(high / low).isCloseTo(Math.pow(2, 1.0 / 64), within(1e-14));
            long first = (long) Math.floor(low) + 1;
            long last = (long) Math.floor(high);
            if (first <= last && last <= ExponentialHistogram.MAX_VALUE) {
                assertThat(ExponentialHistogram.index(first)).isEqualTo(index);
                assertThat(ExponentialHistogram.index(last)).isEqualTo(index);
            }
        }
    }

    enum Shape implements ToLongFunction<SplittableRandom> {
        LOG_NORMAL(random -> Math.exp(14 + 0.8 * random.nextGaussian())),
        BIMODAL(random -> random.nextInt(10) < 7
                ? 200_000 + 20_000 * random.nextGaussian()
                : 9_000_000 + 500_000 * random.nextGaussian()),
        CONSTANT(random -> 812_400),
        HEAVY_TAIL(random -> 1_000 / Math.pow(1 - random.nextDouble(), 1.2)),
        SMALL_WHOLE(random -> random.nextInt(300)),
        UNIFORM(random -> random.nextDouble() * 60_000_000);

        private final java.util.function.ToDoubleFunction<SplittableRandom> draw;

        Shape(java.util.function.ToDoubleFunction<SplittableRandom> draw) {
            this.draw = draw;
        }

        @Override
        public long applyAsLong(SplittableRandom random) {
            return Math.min(ExponentialHistogram.MAX_VALUE, Math.max(1, Math.round(draw.applyAsDouble(random))));
        }
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void isWithinThePromisedErrorOfTheSortedArray(Shape shape) {
        for (int n : new int[] {1, 2, 3, 10, 99, 1_000, 20_000}) {
            SplittableRandom random = new SplittableRandom(n);
            long[] values = new long[n];
            WindowState window = new WindowState();
            for (int i = 0; i < n; i++) {
                values[i] = shape.applyAsLong(random);
                window.observeMicros(Measure.MEASURE_LATENCY, values[i], 1);
            }
            Arrays.sort(values);
            Buckets buckets = window.get(Measure.MEASURE_LATENCY).buckets();
            for (double q : QUANTILES) {
                long exact = values[(int) nearestRank(q, n) - 1];
                double estimate = ExponentialHistogram.quantile(buckets, q).orElseThrow();
                assertThat(Math.abs(estimate - exact) / exact)
                        .as("q%s of %s", q, n)
                        .isLessThan(PROMISED_ERROR);
            }
            assertThat(ExponentialHistogram.min(buckets).orElseThrow()).isLessThan(values[0]);
            assertThat(ExponentialHistogram.max(buckets).orElseThrow()).isGreaterThanOrEqualTo(values[n - 1]);
            assertThat(ExponentialHistogram.mean(window.get(Measure.MEASURE_LATENCY))
                            .orElseThrow())
                    .isEqualTo(exactMean(values));
        }
    }

    private static long nearestRank(double q, int n) {
        return Math.max(
                1,
                BigDecimal.valueOf(q)
                        .multiply(BigDecimal.valueOf(n))
                        .setScale(0, java.math.RoundingMode.CEILING)
                        .longValueExact());
    }

    private static double exactMean(long[] values) {
        return BigDecimal.valueOf(Arrays.stream(values).sum())
                .divide(BigDecimal.valueOf(values.length), MathContext.DECIMAL64)
                .doubleValue();
    }

    @Test
    void isExactWhereABucketHoldsOneWholeNumber() {
        WindowState words = new WindowState();
        for (long n = 1; n <= 91; n++) {
            words.observeMicros(Measure.MEASURE_RESPONSE_WORDS, n, 1);
        }
        Buckets buckets = words.get(Measure.MEASURE_RESPONSE_WORDS).buckets();
        assertThat(ExponentialHistogram.quantile(buckets, 0.5)).hasValue(46);
    }

    @Test
    void isUnknownWithoutObservations() {
        assertThat(ExponentialHistogram.quantile(new Buckets(), 0.95)).isEmpty();
        assertThat(ExponentialHistogram.min(new Buckets())).isEmpty();
        assertThat(ExponentialHistogram.max(new Buckets())).isEmpty();
        assertThat(ExponentialHistogram.mean(new WindowState().get(Measure.MEASURE_LATENCY)))
                .isEmpty();
    }

    @Test
    void refusesQuantilesThatAreNone() {
        for (double q : new double[] {-0.1, 1.1, Double.NaN}) {
            assertThatIllegalArgumentException().isThrownBy(() -> ExponentialHistogram.quantile(new Buckets(), q));
        }
    }
}
