/** Settings of the quality service. */
@NullMarked
package dev.assay.quality.config;

import org.jspecify.annotations.NullMarked;
