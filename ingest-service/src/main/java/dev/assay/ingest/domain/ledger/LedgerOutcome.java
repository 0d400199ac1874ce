package dev.assay.ingest.domain.ledger;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a batch of one partition does to the ledger.
 *
 * @param changes one for each entry that is new or another than before, sorted by id
 * @param forwards events that belong to another partition and are left to it
 * @param counts by project, in order of their ids
 * @param leftTraces traces that an event has left for another: they changed too, whosever partition they are
 */
public record LedgerOutcome(
        List<LedgerChange> changes,
        List<Forward> forwards,
        Map<String, EventCounts> counts,
        Set<LedgerFold.Trace> leftTraces) {

    /** An event to append once more under the key where it belongs. */
    public record Forward(EventKey key, Arrival arrival) {}
}
