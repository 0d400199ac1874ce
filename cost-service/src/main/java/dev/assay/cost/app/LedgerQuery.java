package dev.assay.cost.app;

import dev.assay.platform.kpi.Dimension;
import dev.assay.platform.window.TimeRange;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which of the ledger's calls are wanted; what is null is not asked for.
 *
 * @param range of start times
 * @param filters per dimension the values wanted, any of them
 * @param priceKey the row of the price list
 * @param priceVersion the version of the prices, or a project's own price
 * @param unpricedReason only calls without a price, for this reason; {@code any} for whatever reason
 */
public record LedgerQuery(
        TimeRange range,
        Map<Dimension, List<String>> filters,
        @Nullable String userId,
        @Nullable String taskId,
        @Nullable String priceKey,
        @Nullable String priceVersion,
        @Nullable String unpricedReason) {
    /** Any reason. */
    public static final String ANY = "any";

    /** The query of a range and dimensions alone. */
    public static LedgerQuery of(TimeRange range, Map<Dimension, List<String>> filters) {
        return new LedgerQuery(range, filters, null, null, null, null, null);
    }
}
