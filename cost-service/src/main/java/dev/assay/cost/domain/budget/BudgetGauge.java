package dev.assay.cost.domain.budget;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A budget's current period as figures that can be watched.
 *
 * @param used spent over limit, 0 or more; over 1 when the limit is overspent
 * @param committed the same with what is reserved for calls under way
 * @param thresholdReached the highest of the budget's thresholds that the spend has reached; 0 if none
 */
public record BudgetGauge(double used, double committed, double thresholdReached) {
    /** The gauge of a budget's figures. */
    public static BudgetGauge of(Budget budget, BudgetFigures figures) {
        return new BudgetGauge(
                ratio(figures.spent(), budget),
                ratio(figures.spent().add(figures.reserved()), budget),
                budget.thresholds().stream()
                        .filter(threshold ->
                                figures.spent().compareTo(budget.limit().multiply(threshold)) >= 0)
                        .reduce((lower, higher) -> higher)
                        .map(BigDecimal::doubleValue)
                        .orElse(0.0));
    }

    private static double ratio(BigDecimal amount, Budget budget) {
        return amount.divide(budget.limit(), MathContext.DECIMAL64).doubleValue();
    }
}
