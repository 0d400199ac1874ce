package dev.assay.cost.domain.reconcile;

import dev.assay.cost.domain.pricing.ChargeClass;

/** Which part of calls a line of a bill is for, as far as both a bill and the ledger tell it. */
public enum BilledPart {
    INPUT,
    /** Reads and writes of the prompt cache. */
    CACHE,
    OUTPUT,
    /** Anything beside tokens. */
    OTHER,
    /** The line does not tell. */
    UNKNOWN;

    /** The part that a class of the ledger is billed as. */
    public static BilledPart of(ChargeClass chargeClass) {
        return switch (chargeClass) {
            case INPUT_TEXT, INPUT_AUDIO, INPUT_IMAGE -> INPUT;
            case CACHE_READ, CACHE_WRITE_5M, CACHE_WRITE_1H -> CACHE;
            case OUTPUT_TEXT, REASONING, OUTPUT_AUDIO, OUTPUT_IMAGE -> OUTPUT;
            default -> OTHER;
        };
    }
}
