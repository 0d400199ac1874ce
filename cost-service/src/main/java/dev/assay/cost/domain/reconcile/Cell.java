package dev.assay.cost.domain.reconcile;

/** The finest pieces in which a bill and the ledger are compared. */
public record Cell(BilledTier tier, BilledPart part) {
    /** The same cell without what a bill does not tell. */
    Cell coarse(boolean tiers, boolean parts) {
        return new Cell(tiers ? tier : BilledTier.UNKNOWN, parts ? part : BilledPart.UNKNOWN);
    }
}
