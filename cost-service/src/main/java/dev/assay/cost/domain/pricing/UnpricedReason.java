package dev.assay.cost.domain.pricing;

import java.util.Locale;

/** Why a call has no list cost. */
public enum UnpricedReason {
    /** Neither the response's nor the request's model name leads to a row of the catalogue. */
    UNKNOWN_MODEL,
    /** The sender named no model. */
    NO_MODEL,
    /** The catalogue knows the model, and no price for it. */
    NO_RATES,
    /** The row has prices, but none for something that the call used. */
    NO_RATE_FOR_CLASS,
    /** The call succeeded and its usage was not told. */
    USAGE_MISSING,
    /** The price is in another currency than the project's, and no rate of exchange is assumed. */
    OTHER_CURRENCY,
    /** The rate depends on something that the call does not tell. */
    RATE_UNDECIDABLE;

    /** The name in the ledger and on the wire. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
