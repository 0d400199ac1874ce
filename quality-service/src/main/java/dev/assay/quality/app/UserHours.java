package dev.assay.quality.app;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;

/** Keeps which users were seen in which hour of a series. */
public interface UserHours {
    /** Folds a batch's changes into the rows of its source. */
    Uni<Void> fold(SqlConnection transaction, short source, UserDelta delta);
}
