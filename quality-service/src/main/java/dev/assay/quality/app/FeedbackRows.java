package dev.assay.quality.app;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.quality.domain.users.Satisfaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps feedback: one row per event id, its latest version. */
public interface FeedbackRows {
    /** What stored feedback added, and where. */
    record Stored(
            Version version,
            long minute,
            Dimensions dimensions,
            @Nullable UUID user,
            Satisfaction satisfaction) {}

    /** Inserts feedback not seen before, in the order given; which of it that was. */
    Uni<Set<TenantKey>> insert(SqlConnection transaction, List<UserFeedback> feedback);

    /** The stored state, locked in order until the end of the transaction. */
    Uni<Map<TenantKey, Stored>> lock(SqlConnection transaction, List<TenantKey> keys);

    /** Replaces the stored state. */
    Uni<Void> update(SqlConnection transaction, List<UserFeedback> feedback);
}
