package dev.assay.ingest.store;

import dev.assay.ingest.domain.ledger.Arrival;
import dev.assay.ingest.domain.ledger.CallRevision;
import dev.assay.ingest.domain.ledger.EventHash;
import dev.assay.ingest.domain.ledger.LedgerDay;
import dev.assay.ingest.domain.ledger.LedgerEntry;
import dev.assay.ingest.domain.ledger.LedgerEntry.Sent;
import dev.assay.ingest.domain.ledger.LedgerFold.Trace;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a batch's events and their traces. The first statement enters the batch's ids into {@code seen} and
 * tells which of them, and which of their traces, were there before; for a batch of new, unrelated calls it is the only one.
 */
@ApplicationScoped
public class LedgerReads {
    /**
     * The tables grow faster than their statistics, so a plan made for a small table must not be kept, nor one that reads a
     * table from end to end. For the same reason no condition may offer an index that narrows less than the right one: a
     * trace is looked for by its hash alone, since a project's rows may be all there are.
     */
    private static final String PLANS = "set local plan_cache_mode = force_custom_plan; set local enable_seqscan = off";

    private static final String ENTER = """
            with come as (
              select * from unnest($1::text[], $2::uuid[], $3::int[], $4::bigint[]) as c(tenant, id, ledger_day, trace)),
            fresh as (insert into seen select * from come on conflict do nothing returning id),
            family as (
              select t.trace, n.n
              from unnest($5::bigint[]) as t(trace)
              cross join lateral (
                select count(*) as n from (select 1 from seen s where s.trace = t.trace limit $6) few) n
              where n.n > 0)
            select array(select id from come except select id from fresh) as known,
              array(select trace from family where n < $6) as traces,
              array(select trace from family where n >= $6) as crowded""";

    /** Locks the known events: one that moves from a partition to another is handled by one of them at a time. */
    private static final String LOCK = """
            select s.id, s.trace from unnest($1::text[], $2::uuid[]) as k(tenant, id)
            join seen s on s.tenant = k.tenant and s.id = k.id order by s.tenant, s.id for update of s""";

    private static final String PLACES = """
            select s.tenant, s.id, s.ledger_day, s.trace
            from unnest($1::text[], $2::uuid[]) as k(tenant, id) join seen s on s.tenant = k.tenant and s.id = k.id
            union
            select s.tenant, s.id, s.ledger_day, s.trace from unnest($3::bigint[]) as t(trace)
            cross join lateral (select * from seen s where s.trace = t.trace limit $4) s""";

    private static final String ENTRIES = """
            select c.id, c.ledger_day, c.generation, c.partition_id, c.record_offset, c.sent, c.call, c.records,
              k.content, k.records as content_records
            from unnest($1::text[], $2::uuid[]) as p(tenant, id)
            join call c on c.tenant = p.tenant and c.ledger_day = $3 and c.id = p.id
            left join call_content k on k.tenant = c.tenant and k.ledger_day = $3 and k.id = c.id""";

    /**
     * What is stored that a batch has to do with.
     *
     * @param entries those with the ids of the batch, and those of their traces
     * @param crowded traces with too many events to be looked at as one
     */
    public record Stored(List<LedgerEntry> entries, Set<Trace> crowded) {}

    private record Id(String tenant, UUID id) {}

    /** Enters the ids of a batch and reads what was there of them. */
    public Uni<Stored> enter(SqlConnection tx, Collection<Arrival> arrivals, int traceLimit) {
        Map<UUID, Arrival> first = new TreeMap<>(); // sorted, so that two batches wait for each other in one order
        arrivals.forEach(arrival -> first.putIfAbsent(arrival.id(), arrival));
        Map<Long, Trace> traces = tracesOf(arrivals);
        return tx.query(PLANS)
                .execute()
                // of an event its first record, but of all records the traces: a later one may be the first to name it
                .chain(() -> tx.preparedQuery(ENTER)
                        .execute(ids(first.values())
                                .addArrayOfLong(traces.keySet().toArray(Long[]::new))
                                .addInteger(traceLimit)))
                .chain(rows -> {
                    Row row = rows.iterator().next();
                    UUID[] known = row.getArrayOfUUIDs("known");
                    Long[] related = row.getArrayOfLongs("traces");
                    Set<Trace> crowded = new HashSet<>();
                    for (Long trace : row.getArrayOfLongs("crowded")) {
                        Trace of = traces.get(trace);
                        if (of != null) {
                            crowded.add(of);
                        }
                    }
                    if (known.length == 0 && related.length == 0) {
                        return Uni.createFrom().item(new Stored(List.of(), crowded));
                    }
                    List<Id> ids = new ArrayList<>();
                    for (UUID id : known) {
                        Arrival arrival = first.get(id);
                        if (arrival != null) {
                            ids.add(new Id(arrival.tenant(), id));
                        }
                    }
                    return related(tx, ids, List.of(related), crowded, traceLimit);
                });
    }

    /** Reads again what is stored of arrivals that have been entered, as when another partition has been locked out. */
    public Uni<Stored> again(SqlConnection tx, Collection<Arrival> arrivals, Set<Trace> crowded, int traceLimit) {
        Set<Id> ids = new HashSet<>();
        arrivals.forEach(arrival -> ids.add(new Id(arrival.tenant(), arrival.id())));
        List<Long> traces = new ArrayList<>();
        tracesOf(arrivals).forEach((hash, trace) -> {
            if (!crowded.contains(trace)) {
                traces.add(hash);
            }
        });
        return related(tx, List.copyOf(ids), traces, new HashSet<>(crowded), traceLimit);
    }

    private static Uni<Stored> related(
            SqlConnection tx, List<Id> ids, List<Long> traces, Set<Trace> crowded, int traceLimit) {
        return lock(tx, ids)
                .chain(own -> {
                    Set<Long> all = new HashSet<>(traces);
                    all.addAll(own);
                    crowded.forEach(trace -> all.remove(EventHash.ofTrace(trace.tenant(), trace.traceId())));
                    return tx.preparedQuery(PLACES)
                            .execute(tuple(ids)
                                    .addArrayOfLong(all.toArray(Long[]::new))
                                    .addInteger(traceLimit));
                })
                .chain(places -> entries(tx, places))
                .map(entries -> new Stored(entries, withCrowds(crowded, entries, traceLimit)));
    }

    /** A trace that only stored events name may turn out to be crowded, too. */
    private static Set<Trace> withCrowds(Set<Trace> crowded, List<LedgerEntry> entries, int traceLimit) {
        Map<Trace, Integer> sizes = new HashMap<>();
        entries.forEach(entry -> sizes.merge(new Trace(entry.tenant(), entry.traceId()), 1, Integer::sum));
        sizes.forEach((trace, size) -> {
            if (size >= traceLimit && !trace.traceId().isEmpty()) {
                crowded.add(trace);
            }
        });
        return crowded;
    }

    /** Locks known events and tells their traces. */
    private static Uni<Set<Long>> lock(SqlConnection tx, List<Id> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return tx.preparedQuery(LOCK).execute(tuple(ids)).map(rows -> {
            Set<Long> traces = new HashSet<>();
            rows.forEach(row -> {
                if (row.getLong("trace") != null) {
                    traces.add(row.getLong("trace"));
                }
            });
            return traces;
        });
    }

    /** One statement per day, so that each looks at one partition of the table. */
    private static Uni<List<LedgerEntry>> entries(SqlConnection tx, RowSet<Row> places) {
        Map<Integer, List<Id>> byDay = new TreeMap<>();
        for (Row place : places) {
            byDay.computeIfAbsent(place.getInteger("ledger_day"), day -> new ArrayList<>())
                    .add(new Id(place.getString("tenant"), place.getUUID("id")));
        }
        List<Uni<RowSet<Row>>> reads = new ArrayList<>();
        byDay.forEach((day, ids) ->
                reads.add(tx.preparedQuery(ENTRIES).execute(tuple(ids).addInteger(day))));
        if (reads.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return Uni.join().all(reads).andFailFast().map(days -> {
            List<LedgerEntry> entries = new ArrayList<>();
            days.forEach(rows -> rows.forEach(row -> entries.add(entry(row))));
            return entries;
        });
    }

    static LedgerEntry entry(Row row) {
        UUID id = row.getUUID("id");
        int day = row.getInteger("ledger_day");
        CallRevision revision = new CallRevision(
                row.getLong("generation"), row.getInteger("partition_id"), row.getLong("record_offset"));
        Sent sent = Sent.values()[row.getShort("sent")];
        var call = CallBlobs.call(row.getBuffer("call"), row.getBuffer("content"));
        @Nullable Buffer records = row.getBuffer("records");
        return records == null
                ? LedgerEntry.plain(id, day, call, revision, sent)
                : new LedgerEntry(
                        id, day, CallBlobs.state(records, row.getBuffer("content_records")), call, revision, sent);
    }

    private static Map<Long, Trace> tracesOf(Collection<Arrival> arrivals) {
        Map<Trace, Long> hashes = new LinkedHashMap<>();
        for (Arrival arrival : arrivals) {
            String traceId = arrival.call().getTraceId();
            if (!traceId.isEmpty()) {
                hashes.computeIfAbsent(
                        new Trace(arrival.tenant(), traceId),
                        trace -> EventHash.ofTrace(trace.tenant(), trace.traceId()));
            }
        }
        Map<Long, Trace> traces = new HashMap<>();
        hashes.forEach((trace, hash) -> traces.put(hash, trace));
        return traces;
    }

    private static Tuple ids(Collection<Arrival> arrivals) {
        int n = arrivals.size();
        String[] tenants = new String[n];
        UUID[] ids = new UUID[n];
        Integer[] days = new Integer[n];
        @Nullable Long[] traces = new Long[n];
        int i = 0;
        for (Arrival arrival : arrivals) {
            String traceId = arrival.call().getTraceId();
            tenants[i] = arrival.tenant();
            ids[i] = arrival.id();
            days[i] = LedgerDay.of(arrival.call());
            traces[i++] = traceId.isEmpty() ? null : EventHash.ofTrace(arrival.tenant(), traceId);
        }
        return Tuple.tuple()
                .addArrayOfString(tenants)
                .addArrayOfUUID(ids)
                .addArrayOfInteger(days)
                .addArrayOfLong(traces);
    }

    private static Tuple tuple(List<Id> ids) {
        return Tuple.tuple()
                .addArrayOfString(ids.stream().map(Id::tenant).toArray(String[]::new))
                .addArrayOfUUID(ids.stream().map(Id::id).toArray(UUID[]::new));
    }
}
