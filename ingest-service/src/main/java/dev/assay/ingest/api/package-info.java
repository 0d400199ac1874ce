/** The REST entrance: calls, feedback, outcomes; projects and their keys. */
@NullMarked
package dev.assay.ingest.api;

import org.jspecify.annotations.NullMarked;
