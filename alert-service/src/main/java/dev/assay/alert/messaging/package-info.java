/** Kafka in and out: windows and ticks, alert events. */
@NullMarked
package dev.assay.alert.messaging;

import org.jspecify.annotations.NullMarked;
