package dev.assay.cost.domain.reconcile;

import java.util.Locale;

/** Why a bill differs from what was computed; {@code docs/costs.md} tells how each is found. */
public enum Cause {
    /** Calls that reached the ledger, or were priced anew, after the bill was imported. */
    LATE,
    /** Calls that the ledger has no price for: estimated by what the priced ones of the group cost. */
    UNPRICED,
    /** Usage that is billed at another service tier than it was priced at. */
    TIER,
    /** Input that is billed as cached, or as not, where it was priced the other way. */
    CACHE,
    /** Usage of a day and model that the ledger has no call of. */
    NOT_SEEN,
    /** What the digits of the bill's amounts leave open. */
    ROUNDING,
    /** Credits and corrections. */
    CREDITS,
    /** Taxes, and what is bought ahead of its use. */
    TAXES_AND_FEES;

    /** The name on the wire. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
