/** From windows and a clock to alert states: pure, minute by minute, the same each time it is run over the same windows. */
@NullMarked
package dev.assay.alert.domain.evaluation;

import org.jspecify.annotations.NullMarked;
