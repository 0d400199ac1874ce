package dev.assay.cost.domain.budget;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a period will come to if spending goes on as it did since the period began: a straight line through nothing at its
 * start and what is spent now.
 *
 * @param projectedSpend at the end of the period
 * @param runsOutAt when the limit will have been spent; null if that is not before the period ends
 */
public record BudgetForecast(
        BigDecimal projectedSpend, @Nullable Instant runsOutAt) {
    /** Less than this share of a period says nothing about the rest of it. */
    private static final double LEAST_ELAPSED_RATIO = 0.05;

    /** The forecast at {@code now}; empty while less than 5 % of the period is over. */
    public static Optional<BudgetForecast> of(
            BigDecimal spent, BigDecimal limit, Instant start, Instant end, Instant now) {
        long elapsed = Duration.between(start, now).toMillis();
        long whole = Duration.between(start, end).toMillis();
        if (elapsed < whole * LEAST_ELAPSED_RATIO || elapsed > whole) {
            return Optional.empty();
        }
        BigDecimal projected =
                spent.multiply(BigDecimal.valueOf(whole)).divide(BigDecimal.valueOf(elapsed), MathContext.DECIMAL64);
        if (spent.compareTo(limit) >= 0) {
            return Optional.of(new BudgetForecast(projected, now));
        }
        if (projected.compareTo(limit) <= 0) {
            return Optional.of(new BudgetForecast(projected, null));
        }
        long runsOut = limit.multiply(BigDecimal.valueOf(elapsed))
                .divide(spent, 0, RoundingMode.DOWN)
                .longValueExact();
        return Optional.of(new BudgetForecast(projected, start.plusMillis(runsOut)));
    }
}
