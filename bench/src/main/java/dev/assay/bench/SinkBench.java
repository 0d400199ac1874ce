package dev.assay.bench;

import dev.assay.contracts.Topics;
import dev.assay.contracts.llm.v1.AcceptedEvents;
import dev.assay.contracts.llm.v1.Call;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * P6: events a second from Kafka into ledger, windows, counters and offset, exactly once, against a bare
 * {@code insert … select from unnest} of the same ledger rows, a thousand a commit.
 *
 * <p>The service is frozen while a backlog is written, then thawed: it works it off with a warm JVM.
 */
final class SinkBench {
    private static final int EVENTS = 300_000;
    private static final int PACKED = 100;
    private static final int ROWS_A_COMMIT = 1_000;
    private static final String OFFSETS =
            "select coalesce(sum(next_offset), 0) from ingest.consumer_offset where topic_id = "
                    + Topics.id(Topics.EVENTS);

    private final Subject subject;
    private final int turns;

    SinkBench(Subject subject, int turns) {
        this.subject = subject;
        this.turns = turns;
    }

    Ratio measure() throws Exception {
        Call template = template();
        Bench.say("P6: working off what P1 left");
        awaitFolded();
        double[] ours = new double[turns];
        double[] bare = new double[turns];
        for (int turn = 0; turn < turns; turn++) {
            Bench.say("P6: turn " + (turn + 1) + " of " + turns);
            ours[turn] = workOff(template, turn);
            bare[turn] = bareInsert();
        }
        return new Ratio(
                "P6",
                "Kafka to PostgreSQL, exactly once: ledger, windows, offset",
                "events/s",
                ours,
                bare,
                .2,
                .4,
                false);
    }

    private double workOff(Call template, int turn) throws Exception {
        subject.freezeIngest();
        long before = subject.one(OFFSETS);
        long records = produce(template, turn);
        subject.thawIngest();
        while (subject.one(OFFSETS) == before) {
            LockSupport.parkNanos(5_000_000);
        }
        long start = System.nanoTime();
        long from = subject.one(OFFSETS) - before;
        while (subject.one(OFFSETS) - before < records) {
            LockSupport.parkNanos(20_000_000);
        }
        return (records - from) * PACKED / ((System.nanoTime() - start) / 1e9);
    }

    private long produce(Call template, int turn) {
        Random random = new Random(600 + turn);
        long records = 0;
        try (KafkaProducer<byte[], byte[]> producer = subject.producer()) {
            for (int i = 0; i < EVENTS; i += PACKED) {
                AcceptedEvents.Builder events = AcceptedEvents.newBuilder();
                for (int j = 0; j < PACKED; j++) {
                    events.addCalls(another(template, random));
                }
                byte[] key = events.getCalls(0).getTraceId().getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(
                        Topics.EVENTS,
                        (i / PACKED) % Topics.LOCAL_PARTITIONS,
                        key,
                        events.build().toByteArray()));
                records++;
            }
        }
        return records;
    }

    private static Call another(Call template, Random random) {
        byte[] id = new byte[24];
        random.nextBytes(id);
        String trace = HexFormat.of().formatHex(id, 0, 16);
        String span = HexFormat.of().formatHex(id, 16, 24);
        long duration = (long) Math.exp(13.5 + 0.8 * random.nextGaussian());
        long start = template.getStartTimeUs() - random.nextInt(600_000_000);
        Call.Builder call = template.toBuilder()
                .setTraceId(trace)
                .setSpanId(span)
                .setStartTimeUs(start)
                .setEndTimeUs(start + duration)
                .setDurationUs(duration)
                .setInputTokens(random.nextInt(5_000))
                .setOutputTokens(1 + random.nextInt(900));
        call.getEnvelopeBuilder().setEventId(trace + ":" + span).setEventTimeUs(start);
        return call.build();
    }

    /** A call as the entrance writes it. */
    private Call template() throws Exception {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", subject.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition first = new TopicPartition(Topics.EVENTS, 0);
            consumer.assign(List.of(first));
            consumer.seekToBeginning(List.of(first));
            while (true) {
                for (var record : consumer.poll(Duration.ofSeconds(1))) {
                    return AcceptedEvents.parseFrom(record.value()).getCalls(0);
                }
            }
        }
    }

    private void awaitFolded() throws SQLException {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", subject.bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int p = 0; p < Topics.LOCAL_PARTITIONS; p++) {
                partitions.add(new TopicPartition(Topics.EVENTS, p));
            }
            long end = consumer.endOffsets(partitions).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            while (subject.one(OFFSETS) < end) {
                LockSupport.parkNanos(200_000_000);
            }
        }
    }

    private record Column(String name, String type) {}

    /** Rows a second of the bare insert: rows read to the client beforehand, one connection, fsync as for ours. */
    private double bareInsert() throws SQLException {
        try (Connection connection = subject.database()) {
            List<Column> columns = new ArrayList<>();
            try (Statement statement = connection.createStatement()) {
                statement.execute("drop table if exists public.bench_call");
                statement.execute("create table public.bench_call (like ingest.call including defaults)");
                statement.execute("alter table public.bench_call add primary key (tenant, ledger_day, id)");
                try (ResultSet rows = statement.executeQuery("""
                        select column_name, udt_name from information_schema.columns
                        where table_schema = 'ingest' and table_name = 'call' order by ordinal_position""")) {
                    while (rows.next()) {
                        columns.add(new Column(rows.getString(1), rows.getString(2)));
                    }
                }
            }
            List<Object[][]> batches = batches(connection, columns);
            connection.setAutoCommit(false);
            long start = System.nanoTime();
            for (Object[][] batch : batches) {
                insert(connection, columns, batch);
                connection.commit();
            }
            return batches.size() * ROWS_A_COMMIT / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static List<Object[][]> batches(Connection connection, List<Column> columns) throws SQLException {
        List<Object[][]> batches = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from ingest.call limit 100000")) {
            Object[][] batch = new Object[columns.size()][ROWS_A_COMMIT];
            int at = 0;
            while (rows.next()) {
                for (int c = 0; c < columns.size(); c++) {
                    batch[c][at] = columns.get(c).type().equals("bytea") ? rows.getBytes(c + 1) : rows.getObject(c + 1);
                }
                if (++at == ROWS_A_COMMIT) {
                    batches.add(batch);
                    batch = new Object[columns.size()][ROWS_A_COMMIT];
                    at = 0;
                }
            }
        }
        return batches;
    }

    private static void insert(Connection connection, List<Column> columns, Object[][] batch) throws SQLException {
        StringBuilder sql = new StringBuilder("insert into public.bench_call select * from unnest(");
        for (int c = 0; c < columns.size(); c++) {
            sql.append(c == 0 ? "?" : ", ?");
        }
        try (PreparedStatement statement = connection.prepareStatement(
                sql.append(") on conflict do nothing").toString())) {
            for (int c = 0; c < columns.size(); c++) {
                Object[] values = batch[c];
                if (columns.get(c).type().equals("bytea")) {
                    byte[][] bytes = new byte[values.length][];
                    for (int i = 0; i < values.length; i++) {
                        bytes[i] = (byte[]) values[i];
                    }
                    values = bytes;
                }
                Array array = connection.createArrayOf(columns.get(c).type(), values);
                statement.setArray(c + 1, array);
            }
            statement.execute();
        }
    }
}
