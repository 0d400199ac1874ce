package dev.assay.cost.app;

import io.smallrye.mutiny.Uni;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a range cost, split by anything that the ledger knows of a call, beside the range before. */
public interface CostBreakdown {
    /** The most groups that one answer is made from. */
    int MOST_GROUPS = 20_000;

    /** What calls can be split by, beside the dimensions. */
    List<String> LEDGER_COLUMNS = List.of("user_id", "task_id", "price_key", "price_version", "unpriced_reason");

    /**
     * One group.
     *
     * @param by name to value; null where the call does not tell
     * @param listCost of the calls that could be priced
     * @param reportedCost what senders say of the calls that have both costs
     * @param listCostOfReported the list cost of those same calls
     * @param previousCost the list cost of the range before
     */
    record Group(
            Map<String, @Nullable String> by,
            long calls,
            long unpricedCalls,
            long tokens,
            BigDecimal listCost,
            long reportedCalls,
            BigDecimal reportedCost,
            BigDecimal listCostOfReported,
            BigDecimal previousCost) {}

    /** All groups of a query, in no order; more than {@link #MOST_GROUPS} fail with an InvalidParameter. */
    Uni<List<Group>> read(String tenant, LedgerQuery query, List<String> by);
}
