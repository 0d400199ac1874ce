package dev.assay.cost.app;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.cost.domain.pricing.Charge;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call as the ledger has it.
 *
 * @param listCost null when unpriced; {@code unpricedReason} then says why
 * @param charges what the list cost is made of; empty when unpriced or not billed
 * @param billing the call's billing fields as they were told
 */
public record PricedCall(
        String eventId,
        Dimensions dimensions,
        long startMicros,
        String currency,
        @Nullable BigDecimal listCost,
        @Nullable String unpricedReason,
        @Nullable String unpricedDetail,
        @Nullable String priceVersion,
        @Nullable String priceKey,
        @Nullable String priceMatch,
        boolean priceAssumed,
        List<Charge> charges,
        Call billing) {}
