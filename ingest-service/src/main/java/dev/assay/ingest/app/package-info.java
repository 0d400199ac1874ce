/** What the entrance does: takes events in, completes them, and answers once the log has them. */
@NullMarked
package dev.assay.ingest.app;

import org.jspecify.annotations.NullMarked;
