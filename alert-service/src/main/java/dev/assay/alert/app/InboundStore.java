package dev.assay.alert.app;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** What comes in from other systems' webhooks. */
public interface InboundStore {
    /** The secret of a PagerDuty receiver's webhook; empty if there is no such receiver, or it has none. */
    Uni<Optional<String>> pagerDutySecret(String tenant, String receiver);

    /** Sets that secret; false if there is no such receiver of PagerDuty's kind. */
    Uni<Boolean> setPagerDutySecret(String tenant, String receiver, String secret);

    /** Whether an event was taken before. */
    Uni<Boolean> isKnown(String tenant, String receiver, String event);

    /** Notes that an event was taken. */
    Uni<Void> note(String tenant, String receiver, String event);
}
