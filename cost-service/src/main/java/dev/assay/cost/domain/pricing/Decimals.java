package dev.assay.cost.domain.pricing;

import java.math.BigDecimal;

/** One way to write each exact amount, so that equal amounts have equal digits. */
public final class Decimals {
    private Decimals() {}

    /** The same number without trailing zeros and with a scale of zero or more. */
    public static BigDecimal trimmed(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** The number in full, without an exponent and without trailing zeros. */
    public static String text(BigDecimal value) {
        return trimmed(value).toPlainString();
    }
}
