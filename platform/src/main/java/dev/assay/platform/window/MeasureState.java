package dev.assay.platform.window;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one measure is in one window: observations, how many of them were good, their exact sum, and sparse buckets.
 *
 * <p>What count, good, sum and buckets mean is said beside each measure in {@code window.proto}. A part that one source
 * keeps may be negative; merged over the sources it is right. Belongs to its {@link WindowState} and changes with it.
 */
public final class MeasureState {
    /** Digits behind the point, and before it, that a sum may have. */
    static final int MAX_SUM_SCALE = 100;

    private long count;
    private long good;
    private final Buckets buckets = new Buckets();
    /** The sum is {@code whole + exact}: whole numbers, the usual case, never make an object. */
    private long whole;

    private @Nullable BigDecimal exact;

    MeasureState() {}

    /** Observations. */
    public long count() {
        return count;
    }

    /** Observations that were good, or that had the finding: see the measure. */
    public long good() {
        return good;
    }

    /** The exact sum of the observed values, without trailing zeros and never in exponent form. */
    public BigDecimal sum() {
        BigDecimal rest = exact;
        if (rest == null) {
            return BigDecimal.valueOf(whole);
        }
        BigDecimal sum = rest.add(BigDecimal.valueOf(whole)).stripTrailingZeros();
        return sum.scale() < 0 ? sum.setScale(0) : sum;
    }

    /** The sparse buckets: a live view. */
    public Buckets buckets() {
        return buckets;
    }

    /** Whether it is zero in all parts. */
    public boolean isZero() {
        return count == 0 && good == 0 && buckets.isEmpty() && sumIsZero();
    }

    boolean sumIsZero() {
        BigDecimal rest = exact;
        return rest == null ? whole == 0 : sum().signum() == 0;
    }

    /** Whether the sum is a whole number that fits a {@code long}, which {@link #wholeSum()} then is. */
    boolean sumIsWhole() {
        return exact == null;
    }

    long wholeSum() {
        return whole;
    }

    void add(long countChange, long goodChange) {
        count += countChange;
        good += goodChange;
    }

    void addSum(long value) {
        long sum = whole + value;
        if (((whole ^ sum) & (value ^ sum)) < 0) { // overflow
            addExact(BigDecimal.valueOf(whole));
            sum = value;
        }
        whole = sum;
    }

    void addSum(BigDecimal value) {
        if (Math.abs((long) value.scale()) > MAX_SUM_SCALE || value.precision() > 2 * MAX_SUM_SCALE) {
            throw new IllegalArgumentException("a summed value must have at most " + MAX_SUM_SCALE
                    + " digits on either side of the point, got scale " + value.scale() + ", precision "
                    + value.precision());
        }
        addExact(value);
    }

    void merge(MeasureState other, int sign) {
        count += sign * other.count;
        good += sign * other.good;
        BigDecimal otherExact = other.exact;
        if (sign > 0) {
            addSum(other.whole);
        } else if (other.whole == Long.MIN_VALUE) {
            addExact(BigDecimal.valueOf(Long.MIN_VALUE).negate());
        } else {
            addSum(-other.whole);
        }
        if (otherExact != null) {
            addExact(sign > 0 ? otherExact : otherExact.negate());
        }
        buckets.merge(other.buckets, sign);
    }

    private void addExact(BigDecimal value) {
        BigDecimal before = exact;
        exact = before == null ? value : before.add(value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MeasureState that
                && count == that.count
                && good == that.good
                && buckets.equals(that.buckets)
                && sum().equals(that.sum());
    }

    @Override
    public int hashCode() {
        return Objects.hash(count, good, buckets, sum());
    }

    @Override
    public String toString() {
        return "{count=" + count + ", good=" + good + ", sum=" + sum().toPlainString() + ", buckets=" + buckets + "}";
    }
}
