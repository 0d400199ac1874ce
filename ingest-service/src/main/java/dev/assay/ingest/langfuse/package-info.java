/** Langfuse's batch API at the edge. */
@NullMarked
package dev.assay.ingest.langfuse;

import org.jspecify.annotations.NullMarked;
