/** The broker asked about topics and offsets. */
@NullMarked
package dev.assay.platform.kafka;

import org.jspecify.annotations.NullMarked;
