/** Metrics that clients and servers measured themselves. They are aggregates, and never become calls. */
@NullMarked
package dev.assay.ingest.domain.metrics;

import org.jspecify.annotations.NullMarked;
