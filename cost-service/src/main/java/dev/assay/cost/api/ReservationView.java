package dev.assay.cost.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.cost.domain.budget.Reservation;
import dev.assay.cost.domain.pricing.Decimals;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A reservation as it is now.
 *
 * @param state {@code held}, {@code settled}, {@code released} or {@code expired}
 */
@RegisterForReflection
record ReservationView(
        UUID id,
        @JsonProperty("budget_id") UUID budgetId,
        String amount,
        String currency,
        @Nullable String model,
        String state,
        @JsonProperty("created_at") Instant createdAt,
        @JsonProperty("expires_at") Instant expiresAt,
        @JsonProperty("settled_amount") @Nullable String settledAmount,
        @JsonProperty("event_id") @Nullable String eventId) {

    static ReservationView of(Reservation reservation) {
        return new ReservationView(
                reservation.id(),
                reservation.budgetId(),
                Decimals.text(reservation.amount()),
                reservation.currency(),
                reservation.model().isEmpty() ? null : reservation.model(),
                reservation.state().label(),
                reservation.createdAt(),
                reservation.expiresAt(),
                reservation.settledAmount() == null ? null : Decimals.text(reservation.settledAmount()),
                reservation.eventId());
    }
}
