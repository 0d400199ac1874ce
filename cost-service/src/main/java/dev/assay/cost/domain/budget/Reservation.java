package dev.assay.cost.domain.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Money held for a call under way.
 *
 * @param amount held until it is settled or released, or until {@code expiresAt}
 * @param settledAmount what the call cost by its client's word; null until it is settled
 * @param eventId the call that was settled, if its client named it
 */
public record Reservation(
        UUID id,
        UUID budgetId,
        BigDecimal amount,
        String currency,
        String model,
        LocalDate periodStart,
        Instant createdAt,
        Instant expiresAt,
        State state,
        @Nullable BigDecimal settledAmount,
        @Nullable String eventId) {

    /** What became of a reservation. */
    public enum State {
        HELD,
        SETTLED,
        RELEASED,
        /** Its time ran out before either; it can still be settled. */
        EXPIRED;

        /** The name on the wire. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The state at a time: nobody has to be there for a reservation to expire. */
    public State stateAt(Instant now) {
        return state == State.HELD && !expiresAt.isAfter(now) ? State.EXPIRED : state;
    }
}
