/**
 * What makes a call acceptable, and in which form it is kept: field rules, limits, content policy, keys, packing.
 *
 * <p>The same rules hold for every way in; only how strictly a broken field is taken differs.
 */
@NullMarked
package dev.assay.ingest.domain.call;

import org.jspecify.annotations.NullMarked;
