/** PostgreSQL: the ledger, users by hour, outcomes of tasks, and prices. */
@NullMarked
package dev.assay.cost.store;

import org.jspecify.annotations.NullMarked;
