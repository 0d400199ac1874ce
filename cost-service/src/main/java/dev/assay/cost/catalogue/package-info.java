/** The price list as a file: Assay's own format, and the reader of the list that its figures come from. */
@NullMarked
package dev.assay.cost.catalogue;

import org.jspecify.annotations.NullMarked;
