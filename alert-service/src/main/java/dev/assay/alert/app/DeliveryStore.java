package dev.assay.alert.app;

import dev.assay.alert.domain.notification.NextStep;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** The outbox of notifications. */
public interface DeliveryStore {
    /**
     * Takes up to {@code max} due deliveries for {@code lease}. If they are not recorded by then, as after a crash, they
     * are due again. Of one incident's deliveries to one receiver only the oldest is due. What is for a receiver that
     * groups is due when {@link GroupStore} has released it.
     */
    Uni<List<Delivery>> claim(int max, Duration lease);

    /** Records how an attempt ended. */
    Uni<Void> record(Delivery delivery, NextStep step);
}
