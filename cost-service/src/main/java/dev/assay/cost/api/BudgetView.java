package dev.assay.cost.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.cost.app.Budgets.Standing;
import dev.assay.cost.domain.budget.Budget;
import dev.assay.cost.domain.budget.BudgetFigures;
import dev.assay.cost.domain.budget.BudgetForecast;
import dev.assay.cost.domain.pricing.Decimals;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A budget and its current period.
 *
 * @param spent by the ledger where it has the call, as settled until then
 * @param reserved held for calls under way
 * @param available limit less spent less reserved; below zero when calls cost more than they had reserved
 * @param usedRatio spent over limit
 * @param unpricedCalls calls whose cost is not known: the spend is at least what it says
 * @param forecast null while less than 5 % of the period is over
 */
@RegisterForReflection
record BudgetView(
        UUID id,
        String name,
        String limit,
        String currency,
        String period,
        String timezone,
        boolean hard,
        Map<String, Object> filter,
        @JsonProperty("period_start") Instant periodStart,
        @JsonProperty("period_end") Instant periodEnd,
        String spent,
        @JsonProperty("spent_in_ledger") String spentInLedger,
        String reserved,
        String available,
        @JsonProperty("used_ratio") BigDecimal usedRatio,
        @JsonProperty("unpriced_calls") long unpricedCalls,
        List<Threshold> thresholds,
        @Nullable Forecast forecast) {

    /** A share of the limit, and whether the spend has reached it. */
    @RegisterForReflection
    record Threshold(BigDecimal ratio, boolean reached) {}

    /**
     * What the period comes to if spending goes on as it did.
     *
     * @param runsOutAt null if the limit lasts to the end of the period
     */
    @RegisterForReflection
    record Forecast(
            @JsonProperty("projected_spend") String projectedSpend,
            @JsonProperty("runs_out_at") @Nullable Instant runsOutAt) {}

    /** All of a project. */
    @RegisterForReflection
    record Page(List<BudgetView> items) {}

    static BudgetView of(Standing standing, Instant now) {
        Budget budget = standing.budget();
        BudgetFigures figures = standing.figures();
        Instant start = budget.startOf(figures.periodStart());
        Instant end = budget.endOf(figures.periodStart());
        BigDecimal used = figures.spent().divide(budget.limit(), MathContext.DECIMAL32);
        Map<String, Object> filter = new TreeMap<>();
        budget.filter()
                .wanted()
                .forEach((dimension, values) -> filter.put(dimension, values.size() == 1 ? values.get(0) : values));
        if (budget.filter().userId() != null) {
            filter.put("user_id", budget.filter().userId());
        }
        return new BudgetView(
                budget.id(),
                budget.name(),
                Decimals.text(budget.limit()),
                budget.currency(),
                budget.period().label(),
                budget.zone().getId(),
                budget.hard(),
                filter,
                start,
                end,
                Decimals.text(figures.spent()),
                Decimals.text(figures.inLedger()),
                Decimals.text(figures.reserved()),
                Decimals.text(figures.available(budget.limit())),
                Decimals.trimmed(used),
                figures.unpricedCalls(),
                budget.thresholds().stream()
                        .map(ratio -> new Threshold(ratio, reached(figures, budget, ratio)))
                        .toList(),
                BudgetForecast.of(figures.spent(), budget.limit(), start, end, now)
                        .map(BudgetView::forecast)
                        .orElse(null));
    }

    private static boolean reached(BudgetFigures figures, Budget budget, BigDecimal ratio) {
        return figures.spent().compareTo(budget.limit().multiply(ratio)) >= 0;
    }

    private static Forecast forecast(BudgetForecast forecast) {
        BigDecimal spend = forecast.projectedSpend();
        return new Forecast(
                Decimals.text(spend.setScale(Math.min(spend.scale(), 10), RoundingMode.HALF_EVEN)),
                forecast.runsOutAt());
    }
}
