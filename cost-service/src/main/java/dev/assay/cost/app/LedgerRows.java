package dev.assay.cost.app;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The ledger, call by call: what every figure can be opened to. */
public interface LedgerRows {
    /** The order of a listing. */
    enum Order {
        LATEST_FIRST,
        OLDEST_FIRST
    }

    /** The place of a call in the order of time: the next page begins behind it, whatever comes or goes meanwhile. */
    record Place(long startMicros, UUID id) {
        /** The place of a project's call. */
        public static Place of(String tenant, PricedCall call) {
            return new Place(call.startMicros(), CallKey.idOf(tenant, call.eventId()));
        }
    }

    /**
     * Up to {@code limit} calls.
     *
     * @param after where the page before ended; null for the first page
     */
    Uni<List<PricedCall>> page(String tenant, LedgerQuery query, @Nullable Place after, int limit, Order order);
}
