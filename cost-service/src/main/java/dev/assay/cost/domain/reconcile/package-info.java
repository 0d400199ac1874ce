/** A provider's bill beside what the ledger computed, and why they differ. */
@NullMarked
package dev.assay.cost.domain.reconcile;

import org.jspecify.annotations.NullMarked;
