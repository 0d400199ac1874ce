package dev.assay.ingest.store;

import dev.assay.contracts.Topics;
import dev.assay.contracts.llm.v1.AcceptedEvents;
import dev.assay.ingest.domain.ledger.EventKey;
import dev.assay.ingest.domain.ledger.LedgerEntry;
import dev.assay.ingest.domain.ledger.LedgerOutcome.Forward;
import dev.assay.platform.sink.Outgoing;
import dev.assay.platform.sink.PartitionBatch;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a batch had to send, found again after a crash between its commit and the broker's acknowledgement. */
@ApplicationScoped
public class Unsent {
    private static final String ENTRIES = """
            select c.id, c.ledger_day, c.generation, c.partition_id, c.record_offset, c.sent, c.call, c.records,
              k.content, k.records as content_records
            from call c
            left join call_content k on k.tenant = c.tenant and k.ledger_day = c.ledger_day and k.id = c.id
            where c.partition_id = $1 and c.record_offset >= $2 and c.record_offset < $3 and c.sent <> 0""";

    private static final String KEEP = """
            insert into forwarded (tenant, partition_id, record_offset, position, record_key, record_value)
            select tenant, $6, record_offset, position, record_key, record_value
            from unnest($1::text[], $2::bigint[], $3::int[], $4::bytea[], $5::bytea[])
              as u(tenant, record_offset, position, record_key, record_value)""";

    /** Events sent on need not be kept once the broker has acknowledged the batch that sent them. */
    private static final String FORGET = """
            delete from forwarded f using consumer_offset o
            where o.topic_id = $1 and o.partition_id = $2 and f.partition_id = $2
              and f.record_offset < o.published_offset""";

    private record Row(Forward forward, int position) {}

    /** The record that takes an event to the partition where it belongs. */
    public static Outgoing record(Forward forward) {
        return Outgoing.of(Topics.EVENTS, forward.key().bytes(), value(forward));
    }

    private static byte[] value(Forward forward) {
        return AcceptedEvents.newBuilder()
                .addCalls(forward.arrival().call())
                .setForwarded(true)
                .build()
                .toByteArray();
    }

    /** Keeps events that are sent on, and forgets those that have arrived. */
    public Uni<Void> keep(SqlConnection tx, int partition, List<Forward> forwards) {
        if (forwards.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<Long, Integer> perRecord = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (Forward forward : forwards) {
            rows.add(new Row(forward, perRecord.merge(forward.arrival().offset(), 1, Integer::sum)));
        }
        return tx.preparedQuery(FORGET)
                .execute(Tuple.of(Topics.id(Topics.EVENTS), partition))
                .chain(() -> tx.preparedQuery(KEEP)
                        .execute(new Columns<>(rows)
                                .text(row -> row.forward().arrival().tenant())
                                .bigint(row -> row.forward().arrival().offset())
                                .integer(Row::position)
                                .bytes(row -> Buffer.buffer(row.forward().key().bytes()))
                                .bytes(row -> Buffer.buffer(value(row.forward())))
                                .tuple()
                                .addInteger(partition)))
                .replaceWithVoid();
    }

    /** The entries that the records of a range changed last, where the clean stream knows of them. */
    public Uni<List<LedgerEntry>> entries(SqlConnection tx, PartitionBatch.Range range) {
        return tx.preparedQuery(ENTRIES)
                .execute(Tuple.of(range.partition(), range.from(), range.to()))
                .map(rows -> {
                    List<LedgerEntry> entries = new ArrayList<>();
                    rows.forEach(row -> entries.add(LedgerReads.entry(row)));
                    return entries;
                });
    }

    /** The events that records of a range sent on. */
    public Uni<List<Outgoing>> forwards(SqlConnection tx, PartitionBatch.Range range) {
        return tx.preparedQuery("""
                        select record_key, record_value from forwarded
                        where partition_id = $1 and record_offset >= $2 and record_offset < $3
                        order by record_offset, position""")
                .execute(Tuple.of(range.partition(), range.from(), range.to()))
                .map(rows -> {
                    List<Outgoing> records = new ArrayList<>();
                    rows.forEach(row -> records.add(Outgoing.of(
                            Topics.EVENTS,
                            row.getBuffer(0).getBytes(),
                            row.getBuffer(1).getBytes())));
                    return records;
                });
    }

    /** The key that an entry's event has: where its changes go. */
    public static EventKey key(LedgerEntry entry) {
        return EventKey.of(
                entry.tenant(), entry.traceId(), entry.call().getEnvelope().getEventId());
    }
}
