/** From {@code llm.events.v1} and {@code ingest.rejections.v1} into the ledger, its windows and its counters. */
@NullMarked
package dev.assay.ingest.ledger;

import org.jspecify.annotations.NullMarked;
