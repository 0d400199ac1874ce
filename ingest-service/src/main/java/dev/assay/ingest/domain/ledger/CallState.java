package dev.assay.ingest.domain.ledger;

import dev.assay.contracts.llm.v1.Call;
import java.util.ArrayList;
import java.util.List;

/**
 * What the records that came under one event id say together.
 *
 * <p>A value beats none; of two values the one from the later update time wins, then that of a span over that of a log
 * record, then the greater value. So the state is, for each field, the greatest of all values seen under a total order:
 * merging is associative, commutative and idempotent. It is kept as one part per (update time, record kind), each part
 * with the fields that it won, so it never grows past one call and its stamps.
 */
public final class CallState {
    private final List<Call> parts;

    private CallState(List<Call> parts) {
        this.parts = parts;
    }

    /** The state that one record makes. */
    public static CallState of(Call record) {
        return new CallState(List.of(RecordForm.normal(record)));
    }

    /** The state of parts that {@link #parts()} gave. */
    public static CallState ofParts(List<Call> parts) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("a state has at least one part");
        }
        return new CallState(List.copyOf(parts));
    }

    /** The parts, in order of their stamps. */
    public List<Call> parts() {
        return parts;
    }

    /** This and another state of the same event as one; {@code this} itself when the other says nothing new. */
    public CallState merge(CallState other) {
        if (equals(other)) {
            return this;
        }
        List<Call> all = new ArrayList<>(parts);
        all.addAll(other.parts);
        List<Call> merged = PartMerge.merge(all);
        return merged.equals(parts) ? this : new CallState(merged);
    }

    /** The trace that the event belongs to, empty if it is not known to belong to one. */
    public String traceId() {
        for (Call part : parts) {
            if (!part.getTraceId().isEmpty()) {
                return part.getTraceId();
            }
        }
        return "";
    }

    /** The event's id. */
    public String eventId() {
        for (Call part : parts) {
            if (!part.getEnvelope().getEventId().isEmpty()) {
                return part.getEnvelope().getEventId();
            }
        }
        return "";
    }

    /** The call as the records tell it, before its trace has a say. */
    public Call call() {
        if (parts.size() == 1) {
            return RecordForm.complete(parts.get(0));
        }
        Call.Builder call = Call.newBuilder();
        parts.forEach(call::mergeFrom); // each field is in one part
        return RecordForm.complete(RecordForm.normal(call.build()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CallState that && parts.equals(that.parts);
    }

    @Override
    public int hashCode() {
        return parts.hashCode();
    }
}
