/** HTTP: cost KPIs, the daily summary, single calls, and prices. */
@NullMarked
package dev.assay.cost.api;

import org.jspecify.annotations.NullMarked;
