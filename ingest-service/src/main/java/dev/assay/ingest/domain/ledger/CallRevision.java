package dev.assay.ingest.domain.ledger;

import dev.assay.contracts.common.v1.Revision;

/**
 * The version of a call: which record last changed it. Ordered by generation, then offset; the generation rises when the
 * record comes from another partition than the one before, since offsets of two partitions have no order.
 */
public record CallRevision(long generation, int partition, long offset) {

    /** The revision of a call that a record made new. */
    public static CallRevision first(int partition, long offset) {
        return new CallRevision(0, partition, offset);
    }

    /** The revision that a record makes of this one. */
    public CallRevision next(int byPartition, long byOffset) {
        return new CallRevision(byPartition == partition ? generation : generation + 1, byPartition, byOffset);
    }

    /** As it goes out. */
    public Revision toProto() {
        return Revision.newBuilder()
                .setGeneration(generation)
                .setPosition(offset + 1)
                .build();
    }
}
