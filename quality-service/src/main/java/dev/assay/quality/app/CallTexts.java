package dev.assay.quality.app;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/** Keeps the openings of queries, by call and by trace. */
public interface CallTexts {
    /** Keeps the queries of calls that have one, and forgets those of calls that no longer do. */
    Uni<Void> put(SqlConnection transaction, List<ScoredCall> calls);
}
