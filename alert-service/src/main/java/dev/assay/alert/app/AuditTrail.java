package dev.assay.alert.app;

import dev.assay.platform.tenancy.Caller;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** Who changed what of a project's alerting. A change is noted right after it was made, before it is answered. */
public interface AuditTrail {
    /**
     * Notes a change.
     *
     * @param action such as {@code rule.replace}
     * @param object the id of what was changed
     */
    Uni<Void> note(Caller who, String action, String object);

    /** The last 1,000 changes, the newest first. */
    Uni<List<Entry>> entries(String tenant);

    /** A change; {@code actor} is the id of the key, or {@code dashboard:} and the user. */
    record Entry(Instant recordedTime, String actor, String action, String object) {}
}
