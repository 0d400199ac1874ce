package dev.assay.ingest.domain.ledger;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.domain.ledger.LedgerOutcome.Forward;
import dev.assay.ingest.domain.operations.CallDimensions;
import dev.assay.ingest.domain.operations.CallDimensions.Admission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Folds one batch of records into what is stored of their events and traces. Nothing is kept between batches.
 *
 * <p>An event's home is the key of the trace that its merged records name, else of its own id. A record that came under
 * another key is left to the home's partition, unless it is the one that names the trace: then the event moves here.
 */
public final class LedgerFold {
    private static final Comparator<LedgerChange> BY_ID =
            Comparator.comparing(change -> change.after().id());

    private final int partition;
    private final Admission admission;
    private final Map<UUID, LedgerEntry> stored = new HashMap<>();
    private final Map<UUID, Touched> touched = new LinkedHashMap<>();
    private final List<Forward> forwards = new ArrayList<>();
    private final Map<String, EventCounts> counts = new TreeMap<>();
    private final Map<Trace, Long> touchedTraces = new LinkedHashMap<>();
    private final Set<Trace> leftTraces = new LinkedHashSet<>();
    private final List<LedgerChange> changes = new ArrayList<>();

    /** A trace of one project. */
    public record Trace(String tenant, String traceId) {
        /** The key that its events have. */
        public EventKey key() {
            return EventKey.of(tenant, traceId, "");
        }
    }

    /** An event that the batch adds or changes, with the offset of the last record that did. */
    private record Touched(
            UUID id,
            int ledgerDay,
            String tenant,
            CallState state,
            @Nullable LedgerEntry before,
            long offset) {
        static Touched by(LedgerEntry entry) {
            return new Touched(entry.id(), entry.ledgerDay(), entry.tenant(), entry.state(), entry, 0);
        }

        Trace trace() {
            return new Trace(tenant, state.traceId());
        }
    }

    private LedgerFold(int partition, Admission admission) {
        this.partition = partition;
        this.admission = admission;
    }

    /**
     * Folds a batch.
     *
     * @param stored every stored entry with an arrival's id, and all entries of the traces of both, but the crowded
     * @param crowded traces with too many events to be looked at as one; each of their events stands alone
     */
    public static LedgerOutcome fold(
            int partition,
            Collection<LedgerEntry> stored,
            List<Arrival> arrivals,
            Set<Trace> crowded,
            Admission admission) {
        LedgerFold fold = new LedgerFold(partition, admission);
        stored.forEach(entry -> fold.stored.put(entry.id(), entry));
        arrivals.forEach(fold::take);
        fold.resolve(crowded);
        fold.changes.sort(BY_ID);
        return new LedgerOutcome(fold.changes, fold.forwards, fold.counts, fold.leftTraces);
    }

    private void take(Arrival arrival) {
        CallState record = CallState.of(arrival.call());
        LedgerEntry before = stored.get(arrival.id());
        Touched known = touched.get(arrival.id());
        CallState state = known != null ? known.state() : before != null ? before.state() : null;
        if (state == null) {
            count(arrival.tenant(), EventCounts.ACCEPTED);
            touch(arrival, record, null);
            return;
        }
        if (!arrival.forwarded()) {
            count(arrival.tenant(), EventCounts.DUPLICATE);
        }
        CallState merged = state.merge(record);
        EventKey home = EventKey.of(arrival.tenant(), merged.traceId(), merged.eventId());
        if (!arrival.isIn(home)) {
            forwards.add(new Forward(home, arrival));
            return;
        }
        if (merged != state) {
            count(arrival.tenant(), EventCounts.MERGED);
            leave(arrival, state.traceId(), merged.traceId());
            touch(arrival, merged, before);
        }
    }

    private void touch(Arrival arrival, CallState state, @Nullable LedgerEntry before) {
        Touched known = touched.get(arrival.id());
        int day =
                before != null ? before.ledgerDay() : known != null ? known.ledgerDay() : LedgerDay.of(arrival.call());
        touched.put(arrival.id(), new Touched(arrival.id(), day, arrival.tenant(), state, before, arrival.offset()));
        if (!state.traceId().isEmpty()) {
            touchedTraces.put(new Trace(arrival.tenant(), state.traceId()), arrival.offset());
        }
    }

    /** A trace that an event leaves is another without it; its own partition must not look at it meanwhile. */
    private void leave(Arrival arrival, String from, String to) {
        if (!from.isEmpty() && !from.equals(to)) {
            Trace left = new Trace(arrival.tenant(), from);
            touchedTraces.put(left, arrival.offset());
            leftTraces.add(left);
        }
    }

    private void resolve(Set<Trace> crowded) {
        Map<Trace, List<Touched>> traces = new LinkedHashMap<>();
        touchedTraces.keySet().forEach(trace -> traces.put(trace, new ArrayList<>()));
        Set<UUID> done = new HashSet<>();
        for (Touched each : touched.values()) {
            done.add(each.id());
            Trace trace = each.trace();
            List<Touched> members = traces.get(trace);
            if (members == null || crowded.contains(trace)) {
                change(each, alone(each), each.offset());
            } else {
                members.add(each);
            }
        }
        for (LedgerEntry entry : stored.values()) {
            Trace trace = new Trace(entry.tenant(), entry.traceId());
            List<Touched> members = traces.get(trace);
            if (members != null && !crowded.contains(trace) && !done.contains(entry.id())) {
                members.add(Touched.by(entry));
            }
        }
        traces.forEach(this::resolve);
    }

    private void resolve(Trace trace, List<Touched> members) {
        if (members.isEmpty()) {
            return;
        }
        long offset = touchedTraces.getOrDefault(trace, 0L);
        List<Call> resolved = TraceResolution.resolve(
                members.stream().map(member -> member.state().call()).toList());
        for (int i = 0; i < resolved.size(); i++) {
            change(members.get(i), resolved.get(i), offset);
        }
    }

    /** An event of no trace, or of one too crowded to be looked at again: what was decided before stays. */
    private static Call alone(Touched each) {
        Call call = each.state().call();
        LedgerEntry before = each.before();
        return before == null || before.call().getSupersededBy().isEmpty()
                ? call
                : call.toBuilder()
                        .setSupersededBy(before.call().getSupersededBy())
                        .build();
    }

    private void change(Touched each, Call resolved, long offset) {
        LedgerEntry before = each.before();
        Call call = withDimensions(resolved, before);
        if (before != null && before.call().equals(call)) {
            if (before.state().equals(each.state())) {
                return;
            }
            LedgerEntry after = new LedgerEntry(
                    each.id(), each.ledgerDay(), each.state(), before.call(), before.revision(), before.sent());
            changes.add(new LedgerChange(before, after));
            return;
        }
        CallRevision revision = before == null
                ? CallRevision.first(partition, offset)
                : before.revision().next(partition, offset);
        LedgerEntry after = new LedgerEntry(
                each.id(), each.ledgerDay(), each.state(), call, revision, LedgerChange.sentAfter(before, call));
        LedgerChange change = new LedgerChange(before, after);
        if (change.superseded() != 0) {
            count(after.tenant(), EventCounts.superseded(change.superseded()));
        }
        changes.add(change);
    }

    /** A call keeps the dimensions it counts under for as long as it asks for the same. */
    private Call withDimensions(Call resolved, @Nullable LedgerEntry before) {
        Dimensions asked = CallDimensions.asked(resolved);
        Dimensions admitted;
        if (before != null && before.counts() && asked.equals(CallDimensions.asked(before.call()))) {
            admitted = before.call().getDimensions();
        } else {
            String tenant = resolved.getEnvelope().getTenant();
            admitted = LedgerEntry.counts(resolved) ? admission.admit(tenant, asked) : asked;
            if (!admitted.equals(asked)) {
                count(tenant, EventCounts.FOLDED);
            }
        }
        return resolved.toBuilder().setDimensions(admitted).build();
    }

    private void count(String tenant, EventCounts more) {
        counts.merge(tenant, more, EventCounts::plus);
    }
}
