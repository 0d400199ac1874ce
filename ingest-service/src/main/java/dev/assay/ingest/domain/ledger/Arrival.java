package dev.assay.ingest.domain.ledger;

import dev.assay.contracts.llm.v1.Call;
import java.util.UUID;

/**
 * One event as a record of {@code llm.events.v1} brought it.
 *
 * @param recordKey the key of that record
 * @param forwarded whether another partition has sent it on, and so has counted it
 */
public record Arrival(UUID id, Call call, EventKey recordKey, boolean forwarded, long offset) {

    public Arrival(Call call, EventKey recordKey, boolean forwarded, long offset) {
        this(
                EventHash.of(call.getEnvelope().getTenant(), call.getEnvelope().getEventId()),
                call,
                recordKey,
                forwarded,
                offset);
    }

    public String tenant() {
        return call.getEnvelope().getTenant();
    }

    /** The key that the event has by itself. */
    public EventKey ownKey() {
        return EventKey.of(call);
    }

    /**
     * Whether it came through the partition of this key: of its own, as the entrance sends it (several events of a partition
     * share a record, under the key of one), or of the one that it was forwarded to.
     */
    boolean isIn(EventKey home) {
        return home.equals(recordKey) || (!forwarded && home.equals(ownKey()));
    }
}
