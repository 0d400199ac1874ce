package dev.assay.cost.app;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.cost.app.LedgerEntry.Details;
import dev.assay.cost.domain.pricing.PriceBook;
import dev.assay.cost.domain.pricing.PricingOutcome.Priced;
import dev.assay.cost.domain.spend.Contribution;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A call of the ledger that is priced anew: its row as it is, and as another book of prices makes it. The call itself, and so
 * the row's revision, does not change.
 */
public record RepricedCall(CallKey key, HeldEntry before, LedgerEntry after) {

    /**
     * The call under {@code book}; empty if nothing about its price changes.
     *
     * @param billing the ledger's copy of the call's billing fields
     * @param priceVersion what it is priced by now; null if it is unpriced
     */
    public static Optional<RepricedCall> of(
            PriceBook book,
            CallKey key,
            String eventId,
            HeldEntry held,
            byte[] billing,
            String currency,
            @Nullable String priceVersion) {
        Contribution was = held.contribution().orElseThrow();
        Call call = read(billing);
        Bill bill = PriceCall.price(book, key.tenant(), currency, call, CallUsage.of(call));
        BigDecimal cost = bill.outcome() instanceof Priced priced ? priced.listCost() : null;
        boolean sameCost =
                cost == null ? was.listCost() == null : was.listCost() != null && cost.compareTo(was.listCost()) == 0;
        if (sameCost && Objects.equals(bill.priceVersion(), priceVersion)) {
            return Optional.empty();
        }
        Contribution now = new Contribution(
                was.dimensions(), was.startMicros(), was.userHash(), was.tokens(), cost, was.reportedCost());
        return Optional.of(new RepricedCall(
                key, held, new LedgerEntry(key, eventId, held.revision(), new Details(call, bill, now))));
    }

    /** Its list cost before. */
    public @Nullable BigDecimal costBefore() {
        return before.contribution().orElseThrow().listCost();
    }

    /** Its list cost after. */
    public @Nullable BigDecimal costAfter() {
        return after.contribution().orElseThrow().listCost();
    }

    private static Call read(byte[] billing) {
        try {
            return Call.parseFrom(billing);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the ledger's billing fields cannot be read", e);
        }
    }
}
