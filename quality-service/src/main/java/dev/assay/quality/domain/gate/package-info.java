/** Regression gates: a dataset's answers scored, and compared with those of a baseline. */
@NullMarked
package dev.assay.quality.domain.gate;

import org.jspecify.annotations.NullMarked;
