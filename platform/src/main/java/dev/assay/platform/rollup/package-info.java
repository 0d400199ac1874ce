/** Minute and hour rows of the windows: folded within the sink's transaction, read merged, told to {@code kpi.windows.v1}. */
@NullMarked
package dev.assay.platform.rollup;

import org.jspecify.annotations.NullMarked;
