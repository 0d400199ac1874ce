package dev.assay.quality.app;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/** Keeps what calls were to users and sessions. */
public interface CallFacts {
    /**
     * Keeps the present facts of calls, and forgets those of calls that no longer have any. Their sessions are marked for
     * {@code source} to tell their queries anew.
     */
    Uni<Void> put(SqlConnection transaction, List<CallFact> facts, short source);
}
