/** Providers' cost reports, read into lines of a bill. */
@NullMarked
package dev.assay.cost.api.bill;

import org.jspecify.annotations.NullMarked;
