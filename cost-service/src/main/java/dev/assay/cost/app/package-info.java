/** What the service does: price calls, keep the ledger, report spend; and the ports that this needs. */
@NullMarked
package dev.assay.cost.app;

import org.jspecify.annotations.NullMarked;
