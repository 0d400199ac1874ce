/** Measures what is used of the projects' limits, and tells it: to the windows, as metrics, and over HTTP. */
@NullMarked
package dev.assay.ingest.capacity;

import org.jspecify.annotations.NullMarked;
