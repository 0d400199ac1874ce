/**
 * Kafka and PostgreSQL on one machine with no container engine, for the product's own {@code ./assay up} and for
 * tests.
 */
@NullMarked
package dev.assay.localstack;

import org.jspecify.annotations.NullMarked;
