package dev.assay.cost.app;

import dev.assay.cost.domain.budget.BudgetBook;
import dev.assay.cost.domain.spend.Contribution;
import dev.assay.platform.rollup.RollupDelta;

/** All that calls are summed into: windows, users and budgets. One thread at a time. */
public record Sums(RollupDelta windows, UserActivity.Delta activity, BudgetSpend.Delta spend) {

    public Sums(BudgetBook budgets) {
        this(new RollupDelta(), new UserActivity.Delta(), new BudgetSpend.Delta(budgets));
    }

    /** Adds a call (sign 1), or takes it back (sign -1). */
    public void add(CallKey key, Contribution contribution, int sign) {
        contribution.addTo(windows.at(key.tenant(), contribution.dimensions(), contribution.epochMinute()), sign);
        activity.add(key.tenant(), contribution, sign);
        spend.add(key.tenant(), contribution, sign);
    }
}
