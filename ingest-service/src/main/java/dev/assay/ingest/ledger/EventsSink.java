package dev.assay.ingest.ledger;

import dev.assay.contracts.Topics;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.ingest.domain.capacity.UtilizationMeasures;
import dev.assay.ingest.domain.ledger.EventCounts;
import dev.assay.ingest.domain.ledger.LedgerChange;
import dev.assay.ingest.domain.ledger.LedgerEntry;
import dev.assay.ingest.domain.ledger.LedgerFold;
import dev.assay.ingest.domain.ledger.LedgerOutcome;
import dev.assay.ingest.domain.operations.OperationsMeasures;
import dev.assay.ingest.store.EventCounters;
import dev.assay.ingest.store.KnownSeries;
import dev.assay.ingest.store.LedgerConfig;
import dev.assay.ingest.store.LedgerDays;
import dev.assay.ingest.store.LedgerReads;
import dev.assay.ingest.store.LedgerReads.Stored;
import dev.assay.ingest.store.LedgerWrites;
import dev.assay.ingest.store.SourceLocks;
import dev.assay.ingest.store.Unsent;
import dev.assay.platform.rollup.RollupDelta;
import dev.assay.platform.rollup.RollupStore;
import dev.assay.platform.sink.Outgoing;
import dev.assay.platform.sink.PartitionBatch;
import dev.assay.platform.sink.SinkHandler;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Folds accepted events into the ledger: reads what is stored of them and their traces, lets {@link LedgerFold} decide,
 * and writes rows, windows and counts, all in the sink's transaction. Changes of calls go out after it.
 */
@ApplicationScoped
class EventsSink implements SinkHandler {
    private static final Set<Measure> MEASURES = Stream.of(
                    OperationsMeasures.ALL, UtilizationMeasures.ALL, Set.of(Measure.MEASURE_HEARTBEATS))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private final LedgerConfig config;
    private final LedgerDays days;
    private final LedgerReads reads;
    private final LedgerWrites writes;
    private final SourceLocks locks;
    private final KnownSeries series;
    private final EventCounters counters;
    private final Unsent unsent;
    private final RollupStore rollups;
    private final MeterRegistry meters;

    EventsSink(
            LedgerConfig config,
            LedgerDays days,
            LedgerReads reads,
            LedgerWrites writes,
            SourceLocks locks,
            KnownSeries series,
            EventCounters counters,
            Unsent unsent,
            RollupStore rollups,
            MeterRegistry meters) {
        this.config = config;
        this.days = days;
        this.reads = reads;
        this.writes = writes;
        this.locks = locks;
        this.series = series;
        this.counters = counters;
        this.unsent = unsent;
        this.rollups = rollups;
        this.meters = meters;
    }

    @Override
    public String topic() {
        return Topics.EVENTS;
    }

    @Override
    public Set<Measure> measures() {
        return MEASURES;
    }

    @Override
    public Uni<List<Outgoing>> apply(SqlConnection tx, PartitionBatch batch) {
        Arrivals arrivals = Arrivals.of(batch);
        if (arrivals.events().isEmpty()) {
            return counters.add(tx, batch.source(), arrivals.deadLettered()).replaceWith(List.of());
        }
        return days.open(tx, arrivals.days())
                .chain(() -> series.load(tx, arrivals.tenants()))
                .chain(() -> reads.enter(tx, arrivals.events(), config.traceLimit()))
                .chain(stored -> decide(tx, batch, arrivals, stored))
                .chain(outcome -> write(tx, batch, arrivals, outcome).replaceWith(() -> outgoing(outcome)));
    }

    private Uni<LedgerOutcome> decide(SqlConnection tx, PartitionBatch batch, Arrivals arrivals, Stored stored) {
        LedgerOutcome outcome = fold(batch, arrivals, stored);
        if (outcome.leftTraces().isEmpty()) {
            return Uni.createFrom().item(outcome);
        }
        // an event has moved here from another trace, which batches of that trace's partition may be looking at
        return locks.lockOthers(tx, batch.partition(), outcome.leftTraces())
                .chain(() -> reads.again(tx, arrivals.events(), stored.crowded(), config.traceLimit()))
                .map(locked -> fold(batch, arrivals, locked));
    }

    private LedgerOutcome fold(PartitionBatch batch, Arrivals arrivals, Stored stored) {
        return LedgerFold.fold(batch.partition(), stored.entries(), arrivals.events(), stored.crowded(), series);
    }

    private Uni<Void> write(SqlConnection tx, PartitionBatch batch, Arrivals arrivals, LedgerOutcome outcome) {
        RollupDelta delta = new RollupDelta();
        outcome.changes().forEach(change -> change.contribute(delta::at));
        Map<String, EventCounts> counts = new TreeMap<>(outcome.counts());
        arrivals.deadLettered().forEach((tenant, more) -> counts.merge(tenant, more, EventCounts::plus));
        List<Uni<Void>> statements = new ArrayList<>(writes.write(tx, outcome.changes(), arrivals.firstTraces()));
        statements.add(counters.add(tx, batch.source(), counts));
        statements.add(unsent.keep(tx, batch.partition(), outcome.forwards()));
        statements.add(rollups.fold(tx, batch, delta));
        return Uni.join()
                .all(statements)
                .andFailFast()
                .invoke(done -> meter(counts))
                .replaceWithVoid();
    }

    private static List<Outgoing> outgoing(LedgerOutcome outcome) {
        List<Outgoing> records = new ArrayList<>();
        for (LedgerChange change : outcome.changes()) {
            change.message().ifPresent(message -> records.add(outgoing(change.after(), message)));
        }
        outcome.forwards().forEach(forward -> records.add(Unsent.record(forward)));
        return records;
    }

    private static Outgoing outgoing(LedgerEntry entry, CallRevised message) {
        return Outgoing.of(Topics.CALLS, Unsent.key(entry).bytes(), message.toByteArray());
    }

    @Override
    public Uni<List<Outgoing>> resend(SqlConnection tx, PartitionBatch.Range range) {
        return unsent.entries(tx, range)
                .chain(entries -> unsent.forwards(tx, range).map(forwards -> {
                    List<Outgoing> records = new ArrayList<>();
                    for (LedgerEntry entry : entries) {
                        Optional<CallRevised> message = LedgerChange.message(entry);
                        message.ifPresent(revised -> records.add(outgoing(entry, revised)));
                    }
                    records.addAll(forwards);
                    return records;
                }));
    }

    private void meter(Map<String, EventCounts> counts) {
        EventCounts all = counts.values().stream().reduce(EventCounts.NONE, EventCounts::plus);
        count("accepted", all.accepted());
        count("duplicate", all.duplicate());
        count("merged", all.merged());
        count("folded", all.folded());
    }

    private void count(String outcome, long events) {
        meters.counter("assay.ledger.events", "outcome", outcome).increment(events);
    }
}
