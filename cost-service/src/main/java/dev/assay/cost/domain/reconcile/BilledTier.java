package dev.assay.cost.domain.reconcile;

/** The service tier of a line, as far as bills tell it. */
public enum BilledTier {
    STANDARD,
    /** Batch, flex or priority. */
    OTHER,
    /** The line does not tell. */
    UNKNOWN
}
