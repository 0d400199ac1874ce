/** The sinks: calls and feedback from Kafka into rows and windows, scores out. */
@NullMarked
package dev.assay.quality.messaging;

import org.jspecify.annotations.NullMarked;
