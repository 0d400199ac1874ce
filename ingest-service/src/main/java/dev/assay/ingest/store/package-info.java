/** The ledger in PostgreSQL. */
@NullMarked
package dev.assay.ingest.store;

import org.jspecify.annotations.NullMarked;
