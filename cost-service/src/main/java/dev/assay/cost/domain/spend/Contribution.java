package dev.assay.cost.domain.spend;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.ExponentialHistogram;
import dev.assay.platform.window.Minutes;
import dev.assay.platform.window.WindowState;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one call adds to the windows of its series, and takes back when it is revised: the same contribution with the sign
 * turned, so that adding and taking back leaves nothing.
 *
 * @param userHash stands for the user, or null if the call names none
 * @param tokens input and output
 * @param listCost null if the call is unpriced
 * @param reportedCost what the sender said it cost, in the project's currency; null if nothing usable was said
 */
public record Contribution(
        Dimensions dimensions,
        long startMicros,
        @Nullable Long userHash,
        long tokens,
        @Nullable BigDecimal listCost,
        @Nullable BigDecimal reportedCost) {
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    private static final int MAX_DIGITS = 60;

    public Contribution {
        checkDigits("list cost", listCost);
        checkDigits("reported cost", reportedCost);
    }

    /** The minute whose window it belongs to. */
    public long epochMinute() {
        return Minutes.ofMicros(startMicros);
    }

    /** The hour in which its user was active. */
    public int epochHour() {
        return Math.toIntExact(Math.floorDiv(epochMinute(), 60L));
    }

    /** Adds it to a window (sign 1), or takes it back (sign -1). */
    public void addTo(WindowState window, int sign) {
        window.add(Measure.MEASURE_LIST_COST, sign, listCost == null ? 0 : sign);
        if (listCost == null) {
            window.add(Measure.MEASURE_UNPRICED, sign, 0);
            window.addSum(Measure.MEASURE_UNPRICED, sign * tokens);
        } else {
            window.addSum(Measure.MEASURE_LIST_COST, signed(listCost, sign));
            window.addBucket(Measure.MEASURE_LIST_COST, bucket(listCost), sign);
            if (tokens > 0) {
                window.add(Measure.MEASURE_PRICED_TOKENS, sign, 0);
                window.addSum(Measure.MEASURE_PRICED_TOKENS, sign * tokens);
            }
        }
        if (reportedCost != null) {
            window.add(Measure.MEASURE_REPORTED_COST, sign, 0);
            window.addSum(Measure.MEASURE_REPORTED_COST, signed(reportedCost, sign));
        }
    }

    /** The spread of costs is kept in billionths, from which the mean's interval comes. */
    private static int bucket(BigDecimal cost) {
        BigDecimal nanos = cost.multiply(NANOS);
        BigDecimal largest = BigDecimal.valueOf(ExponentialHistogram.MAX_VALUE);
        return ExponentialHistogram.index(nanos.min(largest).longValue());
    }

    private static void checkDigits(String field, @Nullable BigDecimal value) {
        if (value != null && (value.precision() > MAX_DIGITS || value.scale() > MAX_DIGITS)) {
            throw new IllegalArgumentException(field + " must have at most " + MAX_DIGITS + " digits, got: "
                    + value.precision() + " with scale " + value.scale());
        }
    }

    private static BigDecimal signed(BigDecimal value, int sign) {
        return sign < 0 ? value.negate() : value;
    }
}
