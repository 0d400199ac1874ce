/** Experiments: who gets which variant, and what the difference between variants is. */
@NullMarked
package dev.assay.quality.domain.experiment;

import org.jspecify.annotations.NullMarked;
