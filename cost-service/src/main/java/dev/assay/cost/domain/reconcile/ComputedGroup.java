package dev.assay.cost.domain.reconcile;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;

/**
 * What the ledger has of a day (UTC), provider and model.
 *
 * @param calls all of them
 * @param unpricedCalls those without a list cost
 * @param tokens of the priced calls
 * @param unpricedTokens of the others
 * @param costs the list cost by cell; their sum is the group's
 */
public record ComputedGroup(
        LocalDate day,
        String provider,
        String model,
        long calls,
        long unpricedCalls,
        long tokens,
        long unpricedTokens,
        Map<Cell, BigDecimal> costs) {
    public ComputedGroup {
        costs = Map.copyOf(costs);
    }
}
