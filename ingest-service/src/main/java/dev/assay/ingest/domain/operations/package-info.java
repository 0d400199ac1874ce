/** What a call contributes to the operational windows, and under which series. */
@NullMarked
package dev.assay.ingest.domain.operations;

import org.jspecify.annotations.NullMarked;
