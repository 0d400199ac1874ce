package dev.assay.ingest.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.contracts.control.v1.Rejection;
import dev.assay.contracts.llm.v1.AcceptedEvents;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.contracts.llm.v1.RecordKind;
import dev.assay.ingest.StackResource;
import dev.assay.ingest.domain.ledger.Calls;
import dev.assay.ingest.domain.ledger.EventCounts;
import dev.assay.ingest.domain.ledger.EventKey;
import dev.assay.ingest.domain.ledger.LedgerWorld;
import dev.assay.ingest.domain.ledger.RandomTraces;
import dev.assay.ingest.otlp.Recording;
import dev.assay.ingest.store.LedgerPruning;
import dev.assay.localstack.TestStack;
import dev.assay.platform.sink.SinkSteps;
import dev.assay.platform.sink.SinkSteps.Step;
import dev.assay.platform.window.WindowState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real Kafka and PostgreSQL against the ledger in memory, given the same events once and in order. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class LedgerIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @Inject
    Pool pool;

    @Inject
    SinkSteps steps;

    @Inject
    LedgerPruning pruning;

    private final String tenant = "t-" + UUID.randomUUID().toString().substring(0, 8);

    @AfterEach
    void nobodyListens() {
        steps.listen(step -> {});
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13})
    void comesToTheSameLedgerInAnyOrderWithAnyDuplicates(long seed) {
        Random random = new Random(seed);
        List<Call> records = records(random, 12);
        List<Call> messy = withDuplicates(records, random);
        send(messy, random);
        awaitLedgerOf(records, messy.size());
    }

    @Test
    void looksAtTheTraceThatOnlyALaterRecordOfTheBatchNames() {
        Call sibling = ofTenant(Calls.span("late", "s0", "").setUserId("u7").build());
        Call update = ofTenant(Calls.record("obs")
                .setRecordKind(RecordKind.RECORD_KIND_UPDATE)
                .setUpdateTimeUs(2)
                .setOutputTokens(5)
                .build());
        Call create = ofTenant(Calls.call("obs")
                .setRecordKind(RecordKind.RECORD_KIND_UPDATE)
                .setUpdateTimeUs(1)
                .setTraceId("late")
                .build());
        send(List.of(sibling), new Random(1));
        await().atMost(SOON).untilAsserted(() -> assertThat(counts().accepted()).isEqualTo(1));
        sendTogether(List.of(update, create));
        awaitLedgerOf(List.of(sibling, update, create), 3);
        assertThat(calls().get("obs").getUserId()).isEqualTo("u7");
    }

    @ParameterizedTest(name = "broken off at {0}")
    @EnumSource(Step.class)
    void comesToTheSameLedgerWhenBatchesBreakOff(Step step) {
        AtomicInteger breaks = new AtomicInteger(10);
        steps.listen(passed -> {
            if (passed == step && breaks.getAndDecrement() > 0) {
                throw new IllegalStateException("broken off at " + passed);
            }
        });
        Random random = new Random(step.ordinal());
        List<Call> records = records(random, 6);
        List<Call> messy = withDuplicates(records, random);
        send(messy, random);
        awaitLedgerOf(records, messy.size());
        assertThat(breaks.get()).isLessThan(10);
    }

    @Test
    void countsRecordedTrafficOnce() throws Exception {
        List<Call> records = new ArrayList<>();
        for (String recording : List.of(
                "langfuse-v5-otel.traces.json",
                "openinference-js.traces-json-gzip.json",
                "openinference-js.traces-protobuf-gzip.json",
                "openlit-js.traces.json",
                "otel-contrib-js.traces.json",
                "otel-contrib-js.traces-grpc.json",
                "traceloop-js.traces.json",
                "vercel-ai-v5.traces.json",
                "vercel-ai-v7.traces.json")) {
            records.addAll(Recording.of(recording).calls());
        }
        records.addAll(Recording.of("openlit-js.logs.json").logCalls());
        records.addAll(Recording.of("otel-contrib-js.logs.json").logCalls());
        records.replaceAll(this::ofTenant);
        List<Call> twice = new ArrayList<>(records);
        twice.addAll(records);
        Random random = new Random(5);
        Collections.shuffle(twice, random);
        send(twice, random);
        awaitLedgerOf(records, twice.size());
    }

    @Test
    void givesUpWhatCannotBeReadAndKeepsItsNeighbours() {
        Call good = ofTenant(Calls.call("good").build());
        Call nameless = good.toBuilder()
                .setEnvelope(good.getEnvelope().toBuilder().clearEventId())
                .build();
        byte[] key = (tenant + "/x").getBytes(StandardCharsets.UTF_8);
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(Topics.EVENTS, key, new byte[] {(byte) 0xff, 1, 2}));
            producer.send(new ProducerRecord<>(Topics.EVENTS, key, null));
            producer.send(new ProducerRecord<>(
                    Topics.EVENTS,
                    key,
                    AcceptedEvents.newBuilder()
                            .addCalls(nameless)
                            .addCalls(good)
                            .build()
                            .toByteArray()));
        }
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(calls()).containsOnlyKeys("good");
            assertThat(number("select count(*) from dead_letter where sent and tenant = $1"))
                    .isEqualTo(3);
        });
        assertThat(counts().accepted()).as("three given up, one kept").isEqualTo(4);
    }

    @Test
    void takesTextThatPostgresRefuses() {
        Call call = ofTenant(Calls.call("nul").setUserId("a\0b").setInput("\0").build());
        send(List.of(call), new Random(1));
        awaitLedgerOf(List.of(call), 1);
    }

    @Test
    void holdsAProjectToItsSeries() {
        List<Call> records = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            records.add(
                    ofTenant(Calls.call("c" + i).setRequestModel("model-" + i).build()));
        }
        send(records, new Random(1));
        await().atMost(SOON).untilAsserted(() -> assertThat(counts().accepted()).isEqualTo(400));
        assertThat(number("select count(*) from series where tenant = $1"))
                .as("the limit is 50, and six partitions may pass it at the same moment")
                .isBetween(50L, 80L);
        assertThat(number("select sum(folded)::bigint from event_count where tenant = $1"))
                .isGreaterThan(300);
        await().atMost(SOON).untilAsserted(() -> assertThat(windows().size()).isPositive());
    }

    @Test
    void looksAtTheEventsOfACrowdedTraceOneByOne() {
        List<Call> records = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            records.add(ofTenant(Calls.span("crowd", "s" + i, i == 0 ? "" : "s0")
                    .setInputTokens(1)
                    .build()));
        }
        for (int at = 0; at < 600; at += 100) {
            send(records.subList(at, at + 100), new Random(1));
            int upTo = at + 100;
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(counts().accepted()).isEqualTo(upTo));
        }
        assertThat(counts().superseded())
                .as("the limit is 200: the root gave its tokens away before")
                .isEqualTo(1);
        send(records, new Random(2));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(counts().duplicate()).isEqualTo(600));
        assertThat(counts().superseded()).isEqualTo(1);
    }

    @Test
    void forgetsWhatIsPastTheRetention() {
        Call old = ofTenant(Calls.call("old")
                .setStartTimeUs(86_400_000_000L * 5)
                .setEndTimeUs(86_400_000_000L * 5)
                .setInput("hi")
                .build());
        Call young = ofTenant(Calls.call("young").build());
        send(List.of(old, young), new Random(1));
        await().atMost(SOON).untilAsserted(() -> assertThat(calls()).containsOnlyKeys("old", "young"));

        pruning.prune(Instant.EPOCH.plus(Duration.ofDays(90 + 2 + 6))).await().indefinitely();

        assertThat(calls()).containsOnlyKeys("young");
        assertThat(number("select count(*) from seen where tenant = $1")).isEqualTo(1);
    }

    @Test
    void countsRefusedEvents() {
        Rejection one =
                Rejection.newBuilder().setTenant(tenant).setReason("bad").build();
        Rejection whole = one.toBuilder().setEvents(5).build();
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            for (Rejection rejection : List.of(one, whole)) {
                producer.send(new ProducerRecord<>(
                        Topics.REJECTIONS, tenant.getBytes(StandardCharsets.UTF_8), rejection.toByteArray()));
            }
        }
        await().atMost(SOON)
                .untilAsserted(
                        () -> assertThat(number("select sum(rejected)::bigint from event_count where tenant = $1"))
                                .isEqualTo(6));
    }

    private List<Call> records(Random random, int worlds) {
        List<Call> records = new ArrayList<>();
        for (int world = 0; world < worlds; world++) {
            String suffix = "-" + world;
            for (Call record : RandomTraces.records(random)) {
                Call.Builder apart = record.toBuilder();
                apart.getEnvelopeBuilder()
                        .setTenant(tenant)
                        .setEventId(record.getEnvelope().getEventId() + suffix);
                if (!record.getTraceId().isEmpty()) {
                    apart.setTraceId(record.getTraceId() + suffix);
                }
                records.add(apart.build());
            }
        }
        return records;
    }

    private static List<Call> withDuplicates(List<Call> records, Random random) {
        List<Call> messy = new ArrayList<>(records);
        for (Call record : records) {
            for (int copies = random.nextInt(4); copies > 0; copies--) {
                messy.add(record);
            }
        }
        Collections.shuffle(messy, random);
        return messy;
    }

    private Call ofTenant(Call call) {
        Call.Builder own = call.toBuilder();
        own.getEnvelopeBuilder().setTenant(tenant);
        return own.build();
    }

    /** One record per event, or several events of one key together, as the entrance packs them. */
    private void send(List<Call> calls, Random random) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            Map<String, AcceptedEvents.Builder> open = new TreeMap<>();
            for (Call call : calls) {
                EventKey key = EventKey.of(call);
                AcceptedEvents.Builder record = open.computeIfAbsent(key.value(), k -> AcceptedEvents.newBuilder());
                record.addCalls(call);
                if (random.nextInt(3) > 0) {
                    producer.send(new ProducerRecord<>(
                            Topics.EVENTS, key.bytes(), record.build().toByteArray()));
                    open.remove(key.value());
                }
            }
            open.forEach((key, record) -> producer.send(new ProducerRecord<>(
                    Topics.EVENTS,
                    key.getBytes(StandardCharsets.UTF_8),
                    record.build().toByteArray())));
        }
    }

    /** In one record, under the key of the last, as the entrance packs events of one partition. */
    private static void sendTogether(List<Call> calls) {
        try (KafkaProducer<byte[], byte[]> producer = producer()) {
            producer.send(new ProducerRecord<>(
                    Topics.EVENTS,
                    EventKey.of(calls.get(calls.size() - 1)).bytes(),
                    AcceptedEvents.newBuilder().addAllCalls(calls).build().toByteArray()));
        }
    }

    private void awaitLedgerOf(List<Call> records, int sent) {
        LedgerWorld clean = new LedgerWorld(1);
        records.forEach(clean::send);
        clean.run(new Random(0));
        await().atMost(SOON).untilAsserted(() -> {
            EventCounts counts = counts();
            assertThat(counts.accepted() + counts.duplicate()).isEqualTo(sent);
            assertSame(calls(), clean.calls());
        });
        assertThat(counts().accepted()).isEqualTo(clean.counts().accepted());
        assertThat(counts().superseded()).isEqualTo(clean.counts().superseded());
        assertThat(windows()).isEqualTo(clean.windows());
        await().atMost(SOON).untilAsserted(() -> assertSame(receivedCalls(), clean.receivedCalls(new Random(0))));
    }

    /** Entry by entry, so that a failure is readable. */
    private static void assertSame(Map<String, Call> actual, Map<String, Call> expected) {
        assertThat(actual).containsOnlyKeys(expected.keySet());
        expected.forEach((id, call) -> assertThat(actual.get(id)).as(id).isEqualTo(call));
    }

    private Map<String, Call> calls() {
        Map<String, Call> calls = new TreeMap<>();
        for (Row row : rows("""
                select c.call, k.content from call c
                left join call_content k on k.tenant = c.tenant and k.ledger_day = c.ledger_day and k.id = c.id
                where c.tenant = $1""")) {
            Call call = parse(row);
            calls.put(call.getEnvelope().getEventId(), call);
        }
        return calls;
    }

    private static Call parse(Row row) {
        try {
            Call.Builder call = Call.newBuilder().mergeFrom(row.getBuffer(0).getBytes());
            if (row.getBuffer(1) != null) {
                call.mergeFrom(row.getBuffer(1).getBytes());
            }
            return call.build();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, String> windows() {
        Map<String, WindowState> merged = new TreeMap<>();
        for (Row row : rows("""
                select r.minute, r.state, s.* from rollup_minute r
                join series s on s.tenant = r.tenant and s.series_id = r.series_id where r.tenant = $1""")) {
            Dimensions dimensions = Dimensions.newBuilder()
                    .setEnvironment(row.getString("environment"))
                    .setApp(row.getString("app"))
                    .setEndpoint(row.getString("endpoint"))
                    .setProvider(row.getString("provider"))
                    .setModel(row.getString("model"))
                    .setVariant(row.getString("variant"))
                    .setPromptVersion(row.getString("prompt_version"))
                    .build();
            merged.computeIfAbsent(
                            tenant + " " + LedgerWorld.name(dimensions) + " " + row.getInteger("minute"),
                            key -> new WindowState())
                    .plus(WindowState.parse(row.getBuffer("state").getBytes()));
        }
        Map<String, String> bytes = new TreeMap<>();
        merged.forEach((key, state) -> {
            if (!state.isEmpty()) {
                bytes.put(key, HexFormat.of().formatHex(state.toBytes()));
            }
        });
        return bytes;
    }

    private EventCounts counts() {
        EventCounts counts = EventCounts.NONE;
        for (Row row :
                rows("select accepted, duplicate, merged, superseded, folded from event_count where tenant = $1")) {
            counts = counts.plus(
                    new EventCounts(row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)));
        }
        return counts;
    }

    private long number(String sql) {
        return rows(sql).iterator().next().getLong(0);
    }

    private RowSet<Row> rows(String sql) {
        return pool.preparedQuery(sql).execute(Tuple.of(tenant)).await().indefinitely();
    }

    /** What a receiver holds after it has read the whole clean stream. */
    private Map<String, Call> receivedCalls() {
        Map<String, CallRevised> latest = new TreeMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestStack.shared().bootstrap(), "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = IntStream.range(0, Topics.LOCAL_PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(Topics.CALLS, partition))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> keep(record.value(), latest));
            }
        }
        Map<String, Call> calls = new TreeMap<>();
        latest.forEach((id, message) -> {
            if (message.hasCall()) {
                calls.put(id, message.getCall());
            }
        });
        return calls;
    }

    private void keep(byte[] value, Map<String, CallRevised> latest) {
        try {
            CallRevised message = CallRevised.parseFrom(value);
            if (message.getEnvelope().getTenant().equals(tenant)) {
                latest.merge(message.getEnvelope().getEventId(), message, LedgerWorld::newer);
            }
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", TestStack.shared().bootstrap(), "linger.ms", "1"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }
}
