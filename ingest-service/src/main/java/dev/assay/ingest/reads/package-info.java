/** What can be read of the ledger over HTTP: operational KPIs, calls, and what became of all that came. */
@NullMarked
package dev.assay.ingest.reads;

import org.jspecify.annotations.NullMarked;
