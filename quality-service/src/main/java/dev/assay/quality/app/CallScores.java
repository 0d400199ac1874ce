package dev.assay.quality.app;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.common.v1.Revision;
import dev.assay.platform.sink.PartitionBatch;
import dev.assay.quality.app.ScoredCall.Key;
import dev.assay.quality.domain.safety.CallContribution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps each call's present state, and what it added to its window. */
public interface CallScores {
    /** What a stored call added, and where; {@code dimensions} are empty for one that was withdrawn from the start. */
    record Stored(
            Revision revision,
            long minute,
            Dimensions dimensions,
            @Nullable UUID user,
            CallContribution contribution) {}

    /** Inserts calls not seen before, in the order given; which of them those were. */
    Uni<Set<Key>> insert(SqlConnection transaction, List<ScoredCall> calls, short source, short release);

    /** The stored state of calls, locked in order until the end of the transaction. */
    Uni<Map<Key, Stored>> lock(SqlConnection transaction, List<Key> keys);

    /** Replaces the stored state of calls. */
    Uni<Void> update(SqlConnection transaction, List<ScoredCall> calls, short source, short release);

    /** The scores of the calls that these offsets changed last. */
    Uni<List<PublishedScores>> changedBy(SqlConnection connection, PartitionBatch.Range range);
}
