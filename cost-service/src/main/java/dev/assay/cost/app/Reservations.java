package dev.assay.cost.app;

import dev.assay.cost.domain.budget.BudgetFigures;
import dev.assay.cost.domain.budget.Reservation;
import io.smallrye.mutiny.Uni;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reservations on budgets. Those of one budget are made one after another, whichever replica takes them, so that together
 * they never hold more than there is.
 */
public interface Reservations {
    /**
     * What is asked for.
     *
     * @param idempotencyKey a second request under it is the first one again; null for none
     * @param fingerprint the request's body, to tell a repetition from another request under the same key
     */
    record Request(
            String tenant,
            UUID budget,
            BigDecimal amount,
            String currency,
            String model,
            Duration expiresIn,
            @Nullable String idempotencyKey,
            String fingerprint) {}

    /** What became of a request. */
    sealed interface Outcome {
        /** Held, now or by an earlier request under the same key. */
        record Held(Reservation reservation, boolean repeated) implements Outcome {}

        /** It does not fit into what is available. */
        record Refused(BudgetFigures figures, BigDecimal available) implements Outcome {}

        /** The key stands for another request. */
        record KeyTaken() implements Outcome {}

        /** There is no such budget. */
        record NoBudget() implements Outcome {}

        /** The budget is in another currency. */
        record OtherCurrency(String currency) implements Outcome {}
    }

    /** What became of the end of a reservation. */
    sealed interface Ending {
        /** Ended as asked, now or before. */
        record Done(Reservation reservation) implements Ending {}

        /** It had ended otherwise; {@code reservation} says how. */
        record Conflict(Reservation reservation) implements Ending {}

        /** The reservation is in another currency. */
        record OtherCurrency(String currency) implements Ending {}
    }

    /** Holds money if the budget has it; a budget that is not hard always has. */
    Uni<Outcome> reserve(Request request);

    /**
     * Ends a reservation by what the call cost, in full, even past its time. Empty if there is none.
     *
     * @param eventId the call; once the ledger has it, the ledger's amount counts
     */
    Uni<Optional<Ending>> settle(
            String tenant, UUID budget, UUID id, BigDecimal amount, String currency, @Nullable String eventId);

    /** Ends a reservation without a cost. Empty if there is none. */
    Uni<Optional<Ending>> release(String tenant, UUID budget, UUID id);

    /** One reservation; empty if there is none. */
    Uni<Optional<Reservation>> find(String tenant, UUID budget, UUID id);
}
