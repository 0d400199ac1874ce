package dev.assay.alert.app;

import dev.assay.alert.domain.grouping.Grouping;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where notifications go. Secrets are kept sealed, and are only opened to send. */
public interface ReceiverStore {
    Uni<List<Receiver>> all(String tenant);

    /** Keeps a new receiver. Fails with {@link NameTaken} if another of the project's has the name. */
    Uni<Void> create(String tenant, Receiver receiver, String secret);

    /** Forgets a receiver; false if there is none. */
    Uni<Boolean> delete(String tenant, String id);

    /** A receiver with its secret, to send to it; empty if there is none. */
    Uni<Optional<Delivery.Destination>> destination(String tenant, String id);

    /**
     * A receiver as people see it.
     *
     * @param fallback the id of the receiver that is told what this one does not take; empty for none
     * @param selfAlerts whether it is told what is wrong with alerting itself
     * @param grouping how its notifications are put together; null for not at all
     */
    record Receiver(
            String id,
            String name,
            String type,
            String url,
            Instant createdTime,
            String fallback,
            boolean selfAlerts,
            @Nullable Grouping grouping) {}
}
