package dev.assay.ingest.domain.ledger;

/**
 * How many events of one project were what.
 *
 * @param accepted distinct events
 * @param duplicate further records of known events
 * @param merged those of the duplicates that said something new
 * @param superseded events whose call another event owns
 * @param folded calls counted under {@code other} in some dimension
 */
public record EventCounts(long accepted, long duplicate, long merged, long superseded, long folded) {
    public static final EventCounts NONE = new EventCounts(0, 0, 0, 0, 0);
    public static final EventCounts ACCEPTED = new EventCounts(1, 0, 0, 0, 0);
    static final EventCounts DUPLICATE = new EventCounts(0, 1, 0, 0, 0);
    static final EventCounts MERGED = new EventCounts(0, 0, 1, 0, 0);
    static final EventCounts FOLDED = new EventCounts(0, 0, 0, 0, 1);

    static EventCounts superseded(int change) {
        return new EventCounts(0, 0, 0, change, 0);
    }

    /** Both together. */
    public EventCounts plus(EventCounts other) {
        return new EventCounts(
                accepted + other.accepted,
                duplicate + other.duplicate,
                merged + other.merged,
                superseded + other.superseded,
                folded + other.folded);
    }
}
