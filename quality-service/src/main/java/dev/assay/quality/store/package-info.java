/** Rows of the schema {@code quality}: what was judged, what users said, who was there. */
@NullMarked
package dev.assay.quality.store;

import org.jspecify.annotations.NullMarked;
