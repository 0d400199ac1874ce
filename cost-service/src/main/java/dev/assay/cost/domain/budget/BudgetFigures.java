package dev.assay.cost.domain.budget;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Where one period of a budget stands.
 *
 * @param inLedger list cost of the calls that the ledger has
 * @param settled what clients settled for calls that the ledger does not have yet
 * @param reserved held for calls under way
 * @param unpricedCalls calls of the budget whose cost is not known, so that the spend is at least this
 */
public record BudgetFigures(
        LocalDate periodStart, BigDecimal inLedger, BigDecimal settled, BigDecimal reserved, long unpricedCalls) {

    /** Spent: by the ledger where it has the call, by its client's word until then. */
    public BigDecimal spent() {
        return inLedger.add(settled);
    }

    /** What a reservation may still take; below zero when calls cost more than they had reserved. */
    public BigDecimal available(BigDecimal limit) {
        return limit.subtract(spent()).subtract(reserved);
    }

    /** Whether a reservation of this amount fits. */
    public boolean fits(BigDecimal limit, BigDecimal amount) {
        return available(limit).compareTo(amount) >= 0;
    }
}
