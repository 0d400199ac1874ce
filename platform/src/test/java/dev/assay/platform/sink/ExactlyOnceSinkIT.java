package dev.assay.platform.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.contracts.Topics;
import dev.assay.contracts.kpi.v1.KpiRecord;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.localstack.TestStack;
import dev.assay.platform.StackResource;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.rollup.RollupReader;
import dev.assay.platform.rollup.RollupReader.Detail;
import dev.assay.platform.sink.SinkSteps.Step;
import dev.assay.platform.window.WindowState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import net.jpountz.lz4.LZ4Factory;
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

/** Real Kafka and PostgreSQL; each test has a tenant of its own. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class ExactlyOnceSinkIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final long MINUTE = Instant.now().getEpochSecond() / 60 - 200;

    @Inject
    Pool pool;

    @Inject
    SinkSteps steps;

    @Inject
    RollupReader reader;

    private final String tenant = "t-" + UUID.randomUUID().toString().substring(0, 8);

    @AfterEach
    void nobodyListens() {
        steps.listen(step -> {});
    }

    @Test
    void compressesByTheLibrary() {
        assertThat(LZ4Factory.fastestInstance()).isSameAs(LZ4Factory.nativeInstance());
    }

    @Test
    void countsEachEventOnceHoweverOftenItComes() {
        List<String> events = events(2_000);
        List<String> sent = new ArrayList<>(events);
        sent.addAll(events.subList(0, 500));
        sent.addAll(events.subList(0, 500));
        Collections.shuffle(sent, new Random(1));
        send(sent);
        send(events); // the whole batch once more
        awaitTotals(events);
        assertThat(passedOn(events)).isEqualTo(ids(events));
    }

    @ParameterizedTest(name = "broken off at {0}")
    @EnumSource(Step.class)
    void countsOnceWhenBatchesBreakOffBetweenAnyTwoSteps(Step step) {
        AtomicInteger breaks = new AtomicInteger(12);
        steps.listen(passed -> {
            if (passed == step && breaks.getAndDecrement() > 0) {
                throw new IllegalStateException("broken off at " + passed);
            }
        });
        List<String> events = events(600);
        send(events);
        awaitTotals(events);
        assertThat(breaks.get()).isLessThan(12);
        // what a commit decided goes out even when the batch broke off before it was sent
        await().atMost(SOON).untilAsserted(() -> assertThat(passedOn(events)).isEqualTo(ids(events)));
    }

    @Test
    void fencesAConsumerWhosePartitionAnotherHasMoved() {
        List<String> first = events(300);
        send(first);
        awaitTotals(first);
        // another consumer, which the group knows nothing of, folds every partition back to an earlier offset
        pool.query("update consumer_offset set next_offset = next_offset - 20 where next_offset > 20")
                .execute()
                .await()
                .indefinitely();
        List<String> second = events(300);
        send(second);
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        awaitTotals(all);
    }

    @Test
    void givesUpARecordAtFaultAndKeepsItsNeighbours() {
        List<String> events = events(400);
        List<String> sent = new ArrayList<>(events);
        sent.add(100, "throw|" + tenant);
        sent.add(200, tenant + "|only|three");
        sent.add(300, tenant + "|bad-number|" + MINUTE + "|many");
        send(sent);
        awaitTotals(events);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(count("select count(*) from dead_letter where sent and"
                                + " convert_from(record_value, 'UTF8') like '%" + tenant + "%'"))
                        .isEqualTo(3));
    }

    @Test
    void waitsForTheDatabaseAndLosesNothing() throws Exception {
        List<String> events = events(500);
        send(events.subList(0, 250));
        TestStack.shared().stopPostgres(true);
        try {
            send(events.subList(250, 500));
        } finally {
            TestStack.shared().startPostgres();
        }
        awaitTotals(events);
        assertThat(count("select count(*) from dead_letter where convert_from(record_value, 'UTF8') like '%" + tenant
                        + "%'"))
                .isZero();
    }

    @Test
    void tellsWhatEachWindowIsAndTheClock() {
        List<String> events = events(300);
        send(events);
        awaitTotals(events);
        Map<String, WindowState> latest = new HashMap<>();
        Set<String> tickedPartitions = new HashSet<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            assign(consumer, Topics.WINDOWS);
            await().atMost(SOON).untilAsserted(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    KpiRecord kpi = parsed(record.value());
                    if (kpi.hasTick()) {
                        tickedPartitions.add(kpi.getTick().getSource() + ">" + record.partition());
                    } else if (kpi.getWindow().getTenant().equals(tenant)) {
                        latest.put(
                                kpi.getWindow().getSource() + kpi.getWindow().getWindowStartUs(),
                                WindowState.fromProto(kpi.getWindow().getState()));
                    }
                });
                WindowState total = new WindowState();
                latest.values().forEach(total::plus);
                assertThat(total.get(Measure.MEASURE_CALLS).count()).isEqualTo(300);
                assertThat(tickedPartitions).hasSize(Topics.LOCAL_PARTITIONS * Topics.LOCAL_PARTITIONS);
            });
        }
    }

    @Test
    void readsClosedHoursFromTheirRowsWithTheSameTotals() {
        List<String> events = events(500);
        send(events);
        awaitTotals(events);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(count("select count(*) from hour_dirty where tenant = '" + tenant
                                + "' and hour < " + (Instant.now().getEpochSecond() / 3600 - 1)))
                        .isZero());
        assertThat(count("select count(*) from rollup_hour where tenant = '" + tenant + "'"))
                .isPositive();
        awaitTotals(events);
    }

    private List<String> events(int n) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            events.add(tenant + "|" + UUID.randomUUID() + "|" + (MINUTE + i % 100) + "|" + (i % 17 + 1));
        }
        return events;
    }

    private static Set<String> ids(List<String> events) {
        Set<String> ids = new HashSet<>();
        events.forEach(event -> ids.add(event.split("\\|")[1]));
        return ids;
    }

    private void send(List<String> events) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestStack.shared().bootstrap(), "acks", "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (String event : events) {
                byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
                producer.send(new ProducerRecord<>(Topics.CALLS, bytes, bytes));
            }
        }
    }

    private void awaitTotals(List<String> events) {
        Map<String, Long> tokens = new HashMap<>();
        events.forEach(event -> tokens.put(event.split("\\|")[1], Long.valueOf(event.split("\\|")[3])));
        long sum = tokens.values().stream().mapToLong(Long::longValue).sum();
        await().atMost(SOON).untilAsserted(() -> {
            WindowState total = reader.read(tenant, lastHours(), Detail.SUMS)
                    .await()
                    .atMost(Duration.ofSeconds(20))
                    .get(0)
                    .total();
            assertThat(total.get(Measure.MEASURE_CALLS).count()).isEqualTo(tokens.size());
            assertThat(total.get(Measure.MEASURE_INPUT_TOKENS).sum().longValueExact())
                    .isEqualTo(sum);
            assertThat(count("select count(*) from test_ledger where tenant = '" + tenant + "'"))
                    .isEqualTo(tokens.size());
        });
    }

    private static KpiQuery lastHours() {
        return KpiQuery.parse(Map.of("from", List.of("now-6h")), Instant.now());
    }

    private Set<String> passedOn(List<String> events) {
        Set<String> wanted = ids(events);
        Set<String> seen = new HashSet<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            assign(consumer, Topics.SCORES);
            var ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> seen.add(new String(record.value(), StandardCharsets.UTF_8)));
            }
        }
        seen.retainAll(wanted);
        return seen;
    }

    private static void assign(KafkaConsumer<byte[], byte[]> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private static KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestStack.shared().bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private static KpiRecord parsed(byte[] bytes) {
        try {
            return KpiRecord.parseFrom(bytes);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }

    private long count(String sql) {
        return pool.query(sql)
                .execute()
                .await()
                .atMost(Duration.ofSeconds(20))
                .iterator()
                .next()
                .getLong(0);
    }
}
