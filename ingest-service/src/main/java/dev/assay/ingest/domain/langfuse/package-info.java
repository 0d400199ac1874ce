/** The items of Langfuse's batch API as calls and feedback. */
@NullMarked
package dev.assay.ingest.domain.langfuse;

import org.jspecify.annotations.NullMarked;
