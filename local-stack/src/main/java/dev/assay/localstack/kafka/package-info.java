/** A Kafka broker in this JVM, and the topics of an installation. */
@NullMarked
package dev.assay.localstack.kafka;

import org.jspecify.annotations.NullMarked;
