/** Trade-offs: which of several alternatives nobody would pass over. */
@NullMarked
package dev.assay.quality.domain.tradeoff;

import org.jspecify.annotations.NullMarked;
