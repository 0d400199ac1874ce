package dev.assay.platform.sink;

import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.rollup.RollupDelta;
import dev.assay.platform.rollup.RollupStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * The smallest service with a sink: each record is {@code tenant|event id|minute|tokens}; new ones go to a ledger, to the
 * windows, and on to the scores topic.
 */
@ApplicationScoped
class TestLedger implements SinkHandler {
    private final ExactlyOnceSink sink;
    private final RollupStore rollups;

    TestLedger(ExactlyOnceSink sink, RollupStore rollups) {
        this.sink = sink;
        this.rollups = rollups;
    }

    @Incoming("calls")
    Uni<Void> on(ConsumerRecords<byte[], byte[]> records) {
        return sink.consume("calls", records);
    }

    @Override
    public String topic() {
        return Topics.CALLS;
    }

    @Override
    public Set<Measure> measures() {
        return Set.of(Measure.MEASURE_CALLS);
    }

    @Override
    public Uni<List<Outgoing>> apply(SqlConnection tx, PartitionBatch batch) {
        List<String[]> events = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : batch.records()) {
            String[] fields = new String(record.value(), StandardCharsets.UTF_8).split("\\|", -1);
            if (fields[0].equals("throw")) {
                throw new IllegalArgumentException("this record breaks the code that handles it");
            }
            if (fields.length != 4) {
                batch.reject(record, "expected 4 fields, got " + fields.length);
                continue;
            }
            events.add(fields);
            offsets.add(record.offset());
        }
        int n = events.size();
        if (n == 0) {
            return Uni.createFrom().item(List.of());
        }
        return tx.preparedQuery("""
                        insert into test_ledger select t, e, $5, o, n
                        from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[]) k(t, e, o, n)
                        on conflict do nothing returning event_id""")
                .execute(Tuple.tuple()
                        .addArrayOfString(events.stream().map(e -> e[0]).toArray(String[]::new))
                        .addArrayOfString(events.stream().map(e -> e[1]).toArray(String[]::new))
                        .addArrayOfLong(offsets.toArray(Long[]::new))
                        .addArrayOfLong(
                                events.stream().map(e -> Long.valueOf(e[3])).toArray(Long[]::new))
                        .addShort(batch.source()))
                .chain(rows -> {
                    Set<String> fresh = new HashSet<>();
                    rows.forEach(row -> fresh.add(row.getString(0)));
                    RollupDelta delta = new RollupDelta();
                    List<Outgoing> outgoing = new ArrayList<>();
                    for (String[] event : events) {
                        if (fresh.remove(event[1])) {
                            Dimensions app =
                                    Dimensions.newBuilder().setApp("app").build();
                            var state = delta.at(event[0], app, Long.parseLong(event[2]));
                            state.add(Measure.MEASURE_CALLS, 1, 1);
                            state.addSum(Measure.MEASURE_INPUT_TOKENS, Long.parseLong(event[3]));
                            outgoing.add(passedOn(event[1]));
                        }
                    }
                    return rollups.fold(tx, batch, delta).replaceWith(outgoing);
                });
    }

    @Override
    public Uni<List<Outgoing>> resend(SqlConnection tx, PartitionBatch.Range range) {
        return tx.preparedQuery(
                        "select event_id from test_ledger where source = $1 and record_offset >= $2 and record_offset < $3")
                .execute(Tuple.of(range.source(), range.from(), range.to()))
                .map(rows -> {
                    List<Outgoing> outgoing = new ArrayList<>();
                    for (Row row : rows) {
                        outgoing.add(passedOn(row.getString(0)));
                    }
                    return outgoing;
                });
    }

    private static Outgoing passedOn(String eventId) {
        byte[] id = eventId.getBytes(StandardCharsets.UTF_8);
        return Outgoing.of(Topics.SCORES, id, id);
    }
}
