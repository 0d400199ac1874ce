/**
 * The algebra of windows: everything countable as counts, exact sums and sparse buckets that add and subtract exactly, so
 * that duplicates, corrections and any order of merging leave the same bytes.
 */
@NullMarked
package dev.assay.platform.window;

import org.jspecify.annotations.NullMarked;
