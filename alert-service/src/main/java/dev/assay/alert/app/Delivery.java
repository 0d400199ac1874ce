package dev.assay.alert.app;

import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A notification on its way to one receiver.
 *
 * @param transition {@code firing} or {@code resolved}, with a number when the incident was reopened; or
 *     {@code acknowledged}
 * @param body what {@link NotificationText} made
 * @param attempt which try this is, from 1
 * @param age how long ago it was decided
 * @param receiver where it goes, or null if the receiver was deleted
 */
public record Delivery(
        String tenant,
        UUID id,
        String incidentId,
        String transition,
        String body,
        int attempt,
        Duration age,
        @Nullable Destination receiver) {

    /** Where it goes, with the secret opened; its text form hides it. */
    public record Destination(String receiverId, String name, String type, String url, String secret) {
        @Override
        public String toString() {
            return "Destination[" + type + "]";
        }
    }

    /** The same for each try of the same notification. */
    public String idempotencyKey() {
        return incidentId + "/" + transition;
    }

    /** The same notification with other words. */
    Delivery saying(String other) {
        return new Delivery(tenant, id, incidentId, transition, other, attempt, age, receiver);
    }

    public boolean isFiring() {
        return transition.startsWith("firing");
    }

    public boolean isAcknowledgement() {
        return transition.equals("acknowledged");
    }
}
