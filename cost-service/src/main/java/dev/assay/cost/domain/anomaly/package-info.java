/** Days whose cost is not what the days before let expect. */
@NullMarked
package dev.assay.cost.domain.anomaly;

import org.jspecify.annotations.NullMarked;
