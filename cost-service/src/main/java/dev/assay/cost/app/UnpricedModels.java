package dev.assay.cost.app;

import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What could not be priced, by what one would have to fix. */
public interface UnpricedModels {
    /**
     * Calls of one model without a price, for one reason.
     *
     * @param detail what was missing
     * @param tokens input and output
     * @param reportedCost what their senders say they cost; null if none says
     */
    record Unpriced(
            String provider,
            String model,
            String reason,
            String detail,
            long calls,
            long tokens,
            @Nullable String reportedCost,
            long firstMicros,
            long lastMicros) {}

    /** The share of a range that is not priced. */
    record Figures(long calls, long tokens, long unpricedCalls, long unpricedTokens, List<Unpriced> models) {}

    /** The figures of a query; the {@code limit} models with the most tokens, the most calls first among equals. */
    Uni<Figures> read(String tenant, LedgerQuery query, int limit);
}
