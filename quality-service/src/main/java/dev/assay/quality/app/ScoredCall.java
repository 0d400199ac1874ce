package dev.assay.quality.app;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.common.v1.Revision;
import dev.assay.quality.domain.detect.Verdict;
import dev.assay.quality.domain.safety.CallContribution;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One revision of a call, judged.
 *
 * @param key which call it is
 * @param eventId the sender's id
 * @param revision only a higher one than the stored one counts
 * @param offset of the record that brought it
 * @param eventTimeUs start of the call
 * @param dimensions its series
 * @param user hash of the user's id; null when unknown
 * @param trace hash of the trace id; null when there is none
 * @param withdrawn the call no longer counts
 * @param contribution what it adds to its window
 * @param verdict what the detectors say; null when there was nothing to judge
 * @param query the opening of the user's question; empty when unknown
 */
public record ScoredCall(
        Key key,
        String eventId,
        Revision revision,
        long offset,
        long eventTimeUs,
        long minute,
        Dimensions dimensions,
        @Nullable UUID user,
        @Nullable UUID trace,
        boolean withdrawn,
        CallContribution contribution,
        @Nullable Verdict verdict,
        String query) {

    /** A call within its tenant; sorted as rows are locked. */
    public record Key(String tenant, int ledgerDay, UUID event) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::tenant)
                .thenComparingInt(Key::ledgerDay)
                .thenComparing(Key::event);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }
}
