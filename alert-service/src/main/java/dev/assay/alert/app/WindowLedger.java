package dev.assay.alert.app;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Where windows and ticks are kept. */
public interface WindowLedger {
    /**
     * Takes a batch in, inside the sink's transaction: windows that are newer than the kept ones replace them, rollups
     * follow by the difference, and the projects concerned are marked for evaluation. Taking it in again changes nothing.
     */
    Uni<Void> fold(SqlConnection transaction, WindowBatch batch);
}
