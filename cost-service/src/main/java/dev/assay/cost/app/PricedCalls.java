package dev.assay.cost.app;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Reads single calls of the ledger. */
public interface PricedCalls {
    /** The call of an event id; empty if there is none or it does not count. */
    Uni<Optional<PricedCall>> find(String tenant, String eventId);
}
