package dev.assay.cost.app;

import dev.assay.cost.domain.spend.Contribution;
import java.util.Optional;

/** What the ledger holds of a call before a batch: its revision, and what it has added to the windows. */
public record HeldEntry(CallRevision revision, Optional<Contribution> contribution) {}
