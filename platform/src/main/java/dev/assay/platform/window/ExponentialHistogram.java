package dev.assay.platform.window;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.OptionalDouble;

/**
 * A base-2 exponential histogram of scale 6, the form that OpenTelemetry uses: bucket {@code i} holds the values in
 * {@code (2^(i/64), 2^((i+1)/64)]}, so a value taken from its bucket is off by less than 0.55 %.
 *
 * <p>Holds whole values from 1 (a microsecond) to 86,400,000,000 (24 hours); others count as the nearer limit. Only
 * integer arithmetic decides the bucket, on bounds frozen here, so that interpreter, compiled and native code agree.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otel/metrics/data-model/#exponentialhistogram">OpenTelemetry:
 *     ExponentialHistogram</a>
 */
public final class ExponentialHistogram {
    /** The OpenTelemetry scale: 2^6 buckets for each doubling. */
    public static final int SCALE = 6;

    /** The smallest value that is told apart. */
    public static final long MIN_VALUE = 1;

    /** The largest value that is told apart: 24 hours in microseconds. */
    public static final long MAX_VALUE = 24L * 60 * 60 * 1_000_000;

    private static final int BUCKETS_PER_DOUBLING = 1 << SCALE;
    private static final int FRACTION_BITS = 62;
    private static final int SLICE_BITS = 7;
    private static final double ONE = 0x1p62;

    /** floor(2^(j/64) x 2^62). All but the first are irrational before the floor, so a whole number never equals one. */
    private static final long[] BOUNDS = {
        0x4000000000000000L, 0x40b268f9de0183b9L, 0x4166c34c5615d0ebL, 0x421d1461d66f2023L,
        0x42d561b3e6243d8aL, 0x438fb0cb4f468808L, 0x444c0740496d4293L, 0x450a6abaa4b77ecdL,
        0x45cae0f1f545eb73L, 0x468d6fadbf2dd4f2L, 0x47521cc5a2e6a9e0L, 0x4818ee218a3358eeL,
        0x48e1e9b9d588e19bL, 0x49ad159789f37495L, 0x4a7a77d47f7b84b0L, 0x4b4a169b900c2d00L,
        0x4c1bf828c6dc54b7L, 0x4cf022c9905bfd32L, 0x4dc69cdceaa72a9cL, 0x4e9f6cd3967fdba8L,
        0x4f7a993048d088d6L, 0x50582887dcb8a7e1L, 0x513821818624b40cL, 0x521a8ad704f3404fL,
        0x52ff6b54d8a89c75L, 0x53e6c9da74b29ab4L, 0x54d0ad5a753e077cL, 0x55bd1cdad49f699bL,
        0x56ac1f752150a563L, 0x579dbc56b48521baL, 0x5891fac0e95612c7L, 0x5988e20954889244L,
        0x5a827999fcef3242L, 0x5b7ec8f19468bbc8L, 0x5c7dd7a3b17dcf74L, 0x5d7fad59099f22fdL,
        0x5e8451cfac061b5fL, 0x5f8bccdb3d398841L, 0x6096266533384a2bL, 0x61a3666d124bb203L,
        0x62b39508aa836d6eL, 0x63c6ba6455dcd8aeL, 0x64dcdec3371793d1L, 0x65f60a7f79393e2eL,
        0x6712460a8fc24071L, 0x683199ed779592caL, 0x69540ec8f895722dL, 0x6a79ad55e7f6fd0fL,
        0x6ba27e656b4eb57aL, 0x6cce8ae13c57ebdaL, 0x6dfddbcbed791baaL, 0x6f307a412f074891L,
        0x70666f76154a7088L, 0x719fc4b95f452d28L, 0x72dc8373be41a454L, 0x741cb5281e25ee34L,
        0x75606373ee921c97L, 0x76a7980f6cca15c2L, 0x77f25ccdee6d7ae5L, 0x7940bb9e2cffd89cL,
        0x7a92be8a92436616L, 0x7be86fb985689ddcL, 0x7d41d96db915019dL, 0x7e9f06067a4360baL,
    };

    /** For each 128th of a doubling, the last bucket that begins before it: at most one bound lies inside. */
    private static final byte[] FIRST_GUESS = firstGuesses();

    private ExponentialHistogram() {}

    private static byte[] firstGuesses() {
        byte[] guesses = new byte[1 << SLICE_BITS];
        for (int slice = 0; slice < guesses.length; slice++) {
            long start = (1L << FRACTION_BITS) + ((long) slice << (FRACTION_BITS - SLICE_BITS));
            int j = -1;
            while (j + 1 < BUCKETS_PER_DOUBLING && BOUNDS[j + 1] < start) {
                j++;
            }
            guesses[slice] = (byte) j;
        }
        return guesses;
    }

    /** The value within the histogram's range that is nearest to one that may lie beyond it. */
    static long clamp(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("a value must be >= 0, got: " + value);
        }
        return Math.min(Math.max(value, MIN_VALUE), MAX_VALUE);
    }

    /**
     * The index of the bucket that holds a value.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public static int index(long value) {
        long clamped = clamp(value);
        int zeros = Long.numberOfLeadingZeros(clamped);
        int exponent = 63 - zeros;
        long fraction = clamped << (zeros - 1); // in [2^62, 2^63): the value without its power of two
        int j = FIRST_GUESS[(int) (fraction >>> (FRACTION_BITS - SLICE_BITS)) & ((1 << SLICE_BITS) - 1)];
        while (j + 1 < BUCKETS_PER_DOUBLING && fraction > BOUNDS[j + 1]) {
            j++;
        }
        return exponent * BUCKETS_PER_DOUBLING + j;
    }

    /** Where a bucket begins; the bound itself belongs to the bucket before. */
    public static double lowerBound(int index) {
        int exponent = Math.floorDiv(index, BUCKETS_PER_DOUBLING);
        return Math.scalb(BOUNDS[Math.floorMod(index, BUCKETS_PER_DOUBLING)] / ONE, exponent);
    }

    /** Where a bucket ends; the bound itself belongs to it. */
    public static double upperBound(int index) {
        return lowerBound(Math.addExact(index, 1));
    }

    /**
     * The value that stands for all in a bucket: between the smallest and the largest whole number in it, so that the
     * relative error is as small to either side, and none where the bucket holds a single whole number.
     */
    public static double representative(int index) {
        double low = Math.floor(lowerBound(index)) + 1;
        double high = Math.floor(upperBound(index));
        if (low > high) { // no whole number lies in it: it came from a client's histogram
            low = lowerBound(index);
            high = upperBound(index);
        }
        return low == high ? low : 2 * low * high / (low + high);
    }

    /**
     * The value at quantile {@code q} by nearest rank, off by less than 0.55 %; empty if there are no observations.
     *
     * @param q from 0 to 1
     */
    public static OptionalDouble quantile(Buckets buckets, double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("q must be 0 to 1, got: " + q);
        }
        long total = buckets.total();
        return total <= 0 ? OptionalDouble.empty() : atRank(buckets, Math.max(1, nearestRank(q, total)));
    }

    /**
     * The value of the observation with a rank, 1 being the smallest; empty if there are not so many.
     *
     * @param rank from 1
     */
    public static OptionalDouble atRank(Buckets buckets, long rank) {
        if (rank < 1) {
            throw new IllegalArgumentException("rank must be >= 1, got: " + rank);
        }
        long seen = 0;
        for (int i = 0; i < buckets.size(); i++) {
            seen += buckets.countAt(i);
            if (seen >= rank) {
                return OptionalDouble.of(representative(buckets.indexAt(i)));
            }
        }
        return OptionalDouble.empty();
    }

    /** ceil(q x total), without the error that makes 0.95 x 100 come out above 95. */
    private static long nearestRank(double q, long total) {
        double product = q * total;
        long nearest = Math.round(product);
        return Math.abs(product - nearest) <= 1e-12 * product ? nearest : (long) Math.ceil(product);
    }

    /** Where the first bucket with observations begins: no value is lower. */
    public static OptionalDouble min(Buckets buckets) {
        return buckets.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(lowerBound(buckets.indexAt(0)));
    }

    /** Where the last bucket with observations ends: no value is higher. */
    public static OptionalDouble max(Buckets buckets) {
        return buckets.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(upperBound(buckets.indexAt(buckets.size() - 1)));
    }

    /** The exact mean of the observed values; empty if there are none. */
    public static OptionalDouble mean(MeasureState state) {
        if (state.count() <= 0) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(state.sum()
                .divide(BigDecimal.valueOf(state.count()), MathContext.DECIMAL64)
                .doubleValue());
    }
}
