package dev.assay.cost.app;

import dev.assay.contracts.common.v1.Revision;
import java.util.Comparator;

/** Which state of a call is the later one: by generation, then by position. */
public record CallRevision(long generation, long position) implements Comparable<CallRevision> {
    private static final Comparator<CallRevision> ORDER =
            Comparator.comparingLong(CallRevision::generation).thenComparingLong(CallRevision::position);

    static CallRevision of(Revision revision) {
        return new CallRevision(revision.getGeneration(), revision.getPosition());
    }

    @Override
    public int compareTo(CallRevision other) {
        return ORDER.compare(this, other);
    }
}
