package dev.assay.cost.app;

import dev.assay.cost.domain.budget.Budget;
import dev.assay.cost.domain.budget.BudgetFigures;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The projects' budgets. */
public interface Budgets {
    /** A budget, and where its current period stands. */
    record Standing(Budget budget, BudgetFigures figures) {}

    /**
     * Adds a budget; its current period starts with what the ledger has.
     *
     * @param createdBy the key that asked for it
     * @return false when the project has {@code most} budgets already
     */
    Uni<Boolean> add(Budget budget, Instant now, String createdBy, int most);

    /** One budget as it stands. */
    Uni<Optional<Standing>> find(String tenant, UUID id, Instant now);

    /** All of a project, by name. */
    Uni<List<Standing>> list(String tenant, Instant now);

    /** Takes a budget away with all its reservations; false if there is none. */
    Uni<Boolean> remove(String tenant, UUID id);
}
