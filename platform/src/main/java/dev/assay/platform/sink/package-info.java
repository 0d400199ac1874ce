/**
 * From Kafka into PostgreSQL exactly once: the offset moves in the transaction that folds the records in.
 *
 * <p>How it holds through crashes, zombies and outages: {@code docs/architecture.md}.
 */
@NullMarked
package dev.assay.platform.sink;

import org.jspecify.annotations.NullMarked;
