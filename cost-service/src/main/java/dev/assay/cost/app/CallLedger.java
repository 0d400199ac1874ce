package dev.assay.cost.app;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;

/** The ledger's rows, inside the sink's transaction. */
public interface CallLedger {
    /** Makes room for days; reads and locks what is there of some calls. */
    Uni<Map<CallKey, HeldEntry>> hold(SqlConnection tx, SortedSet<CallKey> keys);

    /**
     * Writes entries over what was held of them.
     *
     * @param held as {@link #hold} gave it
     * @return fails if another transaction wrote one of them in between; the batch is then tried again
     */
    Uni<Void> write(SqlConnection tx, SortedMap<CallKey, LedgerEntry> entries, Map<CallKey, HeldEntry> held);

    /** Remembers which models have been priced, under both names that calls gave. */
    Uni<Void> rememberPriced(SqlConnection tx, Collection<LedgerEntry> entries);
}
