package dev.assay.cost.domain.reconcile;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A line of a bill, or several of the same day, provider, model, kind and cell added up.
 *
 * @param day in UTC, by which providers cut their reports
 * @param provider as the ledger names it
 * @param model as the bill names it; null when the line does not tell
 * @param amount in the project's currency; negative for credits
 * @param roundingBound how far the amount may be from the exact one, by the digits that it is written with
 */
public record BilledLine(
        LocalDate day,
        String provider,
        @Nullable String model,
        ChargeKind kind,
        Cell cell,
        BigDecimal amount,
        BigDecimal roundingBound) {
    private static final BigDecimal HALF_A_CENT = new BigDecimal("0.005");
    private static final int MOST_DIGITS = 9;

    /** A line whose amount is as the bill writes it. */
    public static BilledLine of(
            LocalDate day,
            String provider,
            @Nullable String model,
            ChargeKind kind,
            Cell cell,
            BigDecimal amount,
            int digits) {
        // fewer digits than those of a cent are trailing zeros that were left out, not coarser rounding
        // behind a billionth there is only what binary fractions of whoever added it up left
        BigDecimal bound =
                digits <= 2 ? HALF_A_CENT : new BigDecimal("5").movePointLeft(Math.min(digits, MOST_DIGITS) + 1);
        return new BilledLine(day, provider, model, kind, cell, amount, bound);
    }
}
