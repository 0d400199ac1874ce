package dev.assay.cost.domain.budget;

import dev.assay.contracts.common.v1.Dimensions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All projects' budgets at one time. Immutable. */
public final class BudgetBook {
    private final Map<String, List<Budget>> byTenant = new HashMap<>();

    public BudgetBook(Collection<Budget> budgets) {
        budgets.forEach(budget -> byTenant.computeIfAbsent(budget.tenant(), tenant -> new ArrayList<>())
                .add(budget));
    }

    /** Those that a call is paid out of. */
    public List<Budget> of(String tenant, Dimensions dimensions, @Nullable Long userHash) {
        List<Budget> budgets = byTenant.getOrDefault(tenant, List.of());
        return budgets.isEmpty()
                ? budgets
                : budgets.stream()
                        .filter(budget -> budget.filter().matches(dimensions, userHash))
                        .toList();
    }
}
