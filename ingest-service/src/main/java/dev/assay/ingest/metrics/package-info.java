/** Clients' own metrics: stored as they come, each point once, and read as what they grew by. */
@NullMarked
package dev.assay.ingest.metrics;

import org.jspecify.annotations.NullMarked;
