package dev.assay.ingest.domain.ledger;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.ingest.domain.ledger.LedgerFold.Trace;
import dev.assay.ingest.domain.ledger.LedgerOutcome.Forward;
import dev.assay.platform.window.WindowState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Partitions, a ledger and windows in memory: what Kafka and PostgreSQL do around {@link LedgerFold}. */
public final class LedgerWorld {
    private final List<List<Arrival>> partitions = new ArrayList<>();
    private final int[] positions;
    private final Map<UUID, LedgerEntry> ledger = new HashMap<>();
    private final Map<List<Object>, WindowState> windows = new HashMap<>();
    private final List<CallRevised> messages = new ArrayList<>();
    private EventCounts counts = EventCounts.NONE;

    public LedgerWorld(int partitionCount) {
        for (int i = 0; i < partitionCount; i++) {
            partitions.add(new ArrayList<>());
        }
        positions = new int[partitionCount];
    }

    /** Appends an event as the entrance does. */
    public void send(Call call) {
        append(call, EventKey.of(call), false);
    }

    private void append(Call call, EventKey key, boolean forwarded) {
        List<Arrival> log = partitions.get(Math.floorMod(key.value().hashCode(), partitions.size()));
        log.add(new Arrival(call, key, forwarded, log.size()));
    }

    /** Lets the partitions fold batches of random sizes, in random turns, until nothing is left. */
    public void run(Random random) {
        while (true) {
            List<Integer> behind = new ArrayList<>();
            for (int p = 0; p < positions.length; p++) {
                if (positions[p] < partitions.get(p).size()) {
                    behind.add(p);
                }
            }
            if (behind.isEmpty()) {
                return;
            }
            int p = behind.get(random.nextInt(behind.size()));
            int to = Math.min(partitions.get(p).size(), positions[p] + 1 + random.nextInt(7));
            List<Arrival> batch = List.copyOf(partitions.get(p).subList(positions[p], to));
            positions[p] = to;
            apply(p, batch);
        }
    }

    private void apply(int partition, List<Arrival> batch) {
        LedgerOutcome outcome = LedgerFold.fold(partition, stored(batch), batch, Set.of(), (tenant, asked) -> asked);
        for (LedgerChange change : outcome.changes()) {
            change.contribute((tenant, dimensions, minute) ->
                    windows.computeIfAbsent(List.of(tenant, dimensions, minute, partition), key -> new WindowState()));
            change.message().ifPresent(messages::add);
            LedgerEntry after = change.after();
            ledger.put(
                    after.id(),
                    after.isPlain()
                            ? LedgerEntry.plain(
                                    after.id(), after.ledgerDay(), after.call(), after.revision(), after.sent())
                            : after);
        }
        for (Forward forward : outcome.forwards()) {
            append(forward.arrival().call(), forward.key(), true);
        }
        outcome.counts().values().forEach(more -> counts = counts.plus(more));
    }

    private Collection<LedgerEntry> stored(List<Arrival> batch) {
        Map<UUID, LedgerEntry> found = new LinkedHashMap<>();
        Set<Trace> traces = new HashSet<>();
        for (Arrival arrival : batch) {
            traces.add(new Trace(arrival.tenant(), arrival.call().getTraceId()));
            LedgerEntry entry = ledger.get(arrival.id());
            if (entry != null) {
                found.put(entry.id(), entry);
                traces.add(new Trace(entry.tenant(), entry.traceId()));
            }
        }
        for (LedgerEntry entry : ledger.values()) {
            if (!entry.traceId().isEmpty() && traces.contains(new Trace(entry.tenant(), entry.traceId()))) {
                found.put(entry.id(), entry);
            }
        }
        return found.values();
    }

    public EventCounts counts() {
        return counts;
    }

    /** The calls as they stand, by event id. */
    public Map<String, Call> calls() {
        Map<String, Call> calls = new TreeMap<>();
        ledger.values().forEach(entry -> calls.put(entry.call().getEnvelope().getEventId(), entry.call()));
        return calls;
    }

    /** The bytes of every window that is not empty, its sources merged. */
    public Map<String, String> windows() {
        Map<String, WindowState> merged = new TreeMap<>();
        windows.forEach((key, state) -> merged.computeIfAbsent(
                        key.get(0) + " " + name((Dimensions) key.get(1)) + " " + key.get(2), k -> new WindowState())
                .plus(state));
        Map<String, String> bytes = new TreeMap<>();
        merged.forEach((key, state) -> {
            if (!state.isEmpty()) {
                bytes.put(key, HexFormat.of().formatHex(state.toBytes()));
            }
        });
        return bytes;
    }

    /** How a series is named in {@link #windows()}. */
    public static String name(Dimensions dimensions) {
        return HexFormat.of().formatHex(dimensions.toByteArray());
    }

    /** What a receiver of the clean stream holds, whatever the order in which the messages of several partitions come. */
    public Map<String, Call> receivedCalls(Random random) {
        Collections.shuffle(messages, random);
        Map<String, CallRevised> latest = new TreeMap<>();
        for (CallRevised message : messages) {
            latest.merge(message.getEnvelope().getEventId(), message, LedgerWorld::newer);
        }
        Map<String, Call> calls = new TreeMap<>();
        latest.forEach((id, message) -> {
            if (message.hasCall()) {
                calls.put(id, message.getCall());
            }
        });
        return calls;
    }

    /** The one of two messages about a call that a receiver keeps. */
    public static CallRevised newer(CallRevised held, CallRevised come) {
        int byGeneration = Long.compare(
                come.getRevision().getGeneration(), held.getRevision().getGeneration());
        int order = byGeneration != 0
                ? byGeneration
                : Long.compare(
                        come.getRevision().getPosition(), held.getRevision().getPosition());
        return order > 0 ? come : held;
    }
}
