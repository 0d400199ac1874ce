package dev.assay.cost.app;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.cost.domain.pricing.PriceBook;
import dev.assay.cost.domain.pricing.Pricer;
import dev.assay.cost.domain.pricing.PricingOutcome.Priced;
import dev.assay.cost.domain.pricing.PricingOutcome.Unpriced;
import dev.assay.cost.domain.pricing.Quote;
import dev.assay.cost.domain.pricing.UnpricedReason;
import dev.assay.cost.domain.pricing.Usage;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Prices one call by the price that was valid when it started.
 *
 * <p>A failed call without usage is not billed by any provider: it costs nothing and counts as priced. A call that its
 * client cancelled is, for what it had made until then; without usage its cost is unknown. A failed call with usage is
 * priced by its usage like any other.
 */
public final class PriceCall {
    private static final String CANCELLED = "cancelled";

    private PriceCall() {}

    /**
     * The call's bill.
     *
     * @param currency the project's
     * @param usage the call's, as {@link CallUsage} reads it
     */
    public static Bill price(PriceBook book, String tenant, String currency, Call call, Usage usage) {
        boolean told = CallUsage.isTold(call);
        if (!told && isFailedUnbilled(call)) {
            return Bill.without(currency, Priced.free());
        }
        if (call.getResponseModel().isBlank() && call.getRequestModel().isBlank()) {
            return Bill.without(currency, new Unpriced(UnpricedReason.NO_MODEL, ""));
        }
        Optional<Quote> found =
                book.quote(tenant, call.getProvider(), call.getResponseModel(), call.getRequestModel(), startOf(call));
        if (found.isEmpty()) {
            return Bill.without(currency, new Unpriced(UnpricedReason.UNKNOWN_MODEL, modelOf(call)));
        }
        Quote quote = found.get();
        if (!quote.currency().equals(currency)) {
            return Bill.without(currency, new Unpriced(UnpricedReason.OTHER_CURRENCY, quote.currency()));
        }
        return new Bill(
                currency,
                quote.version(),
                quote.key(),
                quote.rule(),
                quote.assumed(),
                told || Pricer.billsEachCall(quote.card())
                        ? Pricer.price(quote.card(), usage)
                        : new Unpriced(UnpricedReason.USAGE_MISSING, ""));
    }

    /** The model that a call is shown and priced under. */
    static String modelOf(Call call) {
        return call.getResponseModel().isBlank() ? call.getRequestModel() : call.getResponseModel();
    }

    private static boolean isFailedUnbilled(Call call) {
        return call.getStatus() == Status.STATUS_ERROR && !call.getErrorClass().equals(CANCELLED);
    }

    private static Instant startOf(Call call) {
        return Instant.EPOCH.plus(call.getStartTimeUs(), ChronoUnit.MICROS);
    }
}
