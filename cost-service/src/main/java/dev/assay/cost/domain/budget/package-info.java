/** Budgets: whose spend they cap, for which period, and what is left. */
@NullMarked
package dev.assay.cost.domain.budget;

import org.jspecify.annotations.NullMarked;
