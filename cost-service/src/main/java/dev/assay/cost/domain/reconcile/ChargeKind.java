package dev.assay.cost.domain.reconcile;

/** What a line of a bill is about. */
public enum ChargeKind {
    /** Use of a model, the only kind that calls explain. */
    USAGE,
    /** Credits, refunds and other corrections. */
    CREDIT,
    /** Taxes, and what is bought ahead of its use. */
    FEE
}
