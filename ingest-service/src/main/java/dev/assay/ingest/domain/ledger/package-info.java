/**
 * Which calls there are: records of one event merged, tokens of nested spans given to one owner, changes as revisions.
 *
 * <p>All of it is a function of the set of records that came, never of their order: {@link CallState} merges,
 * {@link TraceResolution} decides for a whole trace, {@link LedgerFold} tells what a batch of records changes.
 */
@NullMarked
package dev.assay.ingest.domain.ledger;

import org.jspecify.annotations.NullMarked;
