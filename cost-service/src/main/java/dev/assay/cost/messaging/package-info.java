/** Kafka: the topics that the service reads. */
@NullMarked
package dev.assay.cost.messaging;

import org.jspecify.annotations.NullMarked;
