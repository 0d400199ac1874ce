/** The HTTP API of quality, safety and satisfaction. */
@NullMarked
package dev.assay.quality.api;

import org.jspecify.annotations.NullMarked;
