/** What may be used, what is used of it, and how long the rest lasts. */
@NullMarked
package dev.assay.ingest.domain.capacity;

import org.jspecify.annotations.NullMarked;
