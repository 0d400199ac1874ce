package dev.assay.ingest.capacity;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.assay.contracts.Topics;
import dev.assay.contracts.kpi.v1.KpiRecord;
import dev.assay.contracts.kpi.v1.KpiWindow;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.contracts.llm.v1.AcceptedEvents;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.StackResource;
import dev.assay.ingest.domain.ledger.Calls;
import dev.assay.ingest.domain.ledger.EventKey;
import dev.assay.localstack.TestStack;
import dev.assay.platform.window.WindowState;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.restassured.path.json.config.JsonPathConfig.NumberReturnType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits from the admin API to the answers, the windows and the metrics. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class CapacityIT {
    private static final JsonPathConfig DOUBLES =
            JsonPathConfig.jsonPathConfig().numberReturnType(NumberReturnType.DOUBLE);
    private static final String LIMITS = "/v1/projects/default/capacity";

    @TestHTTPResource(value = "/q/metrics", management = true)
    URI metrics;

    private final String app = "app-" + UUID.randomUUID().toString().substring(0, 8);
    private final Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES).minus(3, ChronoUnit.MINUTES);

    @BeforeEach
    void theKeyIsKnown() {
        await().atMost(Duration.ofSeconds(30)).until(() -> get("/v1/capacity").statusCode() == 200);
    }

    @Test
    void tellsWhatIsUsedOfALimit() throws Exception {
        send(3, minute.plusSeconds(10));
        put("{\"limits\":[{\"app\":\"" + app + "\",\"max_rps\":0.1,\"max_concurrent\":2}]}")
                .then()
                .statusCode(200)
                .body("limits[0].app", equalTo(app));
        // three calls in a minute are 0.05 a second: half of the limit; all three were open at once, and two may be
        String range = "/v1/kpis/operations?app=" + app + "&from=" + minute + "&to=" + minute.plusSeconds(60);
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().untilAsserted(() -> {
            JsonPath kpis = get(range).jsonPath(DOUBLES).setRootPath("groups[0].kpis");
            assertThat(kpis.getDouble("rps_utilization_ratio.value")).isEqualTo(0.5);
            assertThat(kpis.getDouble("concurrency_utilization_ratio.value")).isEqualTo(1.5);
            assertThat(kpis.getBoolean("concurrency_utilization_ratio.met")).isFalse();
            assertThat(kpis.getDouble("headroom_rps.value")).isEqualTo(0.05);
            assertThat(kpis.getDouble("headroom_concurrency.value")).isZero();
            assertThat(kpis.<Object>get("time_to_exhaustion_ms.value")).isNull();
        });
        JsonPath used = get("/v1/capacity").jsonPath(DOUBLES).setRootPath("items.find { it.app == '" + app + "' }");
        assertThat(used.getDouble("max_rps")).isEqualTo(0.1);
        assertThat(used.getDouble("peak_rps")).isEqualTo(0.05);
        assertThat(used.getLong("peak_concurrency")).isEqualTo(3);
        assertThat(used.getDouble("rps_utilization_ratio")).isZero(); // the last whole minute had no calls
        assertThat(used.getBoolean("at_capacity")).isFalse();
        assertThat(used.<Object>get("model")).isNull();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(windows()).anySatisfy(window -> {
                    assertThat(window.getDimensions().getApp()).isEqualTo(app);
                    assertThat(WindowState.fromProto(window.getState())
                                    .get(Measure.MEASURE_CONCURRENCY_UTILIZATION)
                                    .sum())
                            .isEqualByComparingTo("1.5");
                }));
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                given().get(metrics.resolve("/q/metrics")).asString())
                        .contains("assay_capacity_concurrency_utilization_ratio{app=\"" + app + "\"")
                        .contains("assay_capacity_headroom_rps{app=\"" + app + "\""));

        // a late call of that minute: what the window is now goes out again, under a later revision
        send(4, minute.plusSeconds(10));
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(get(range)
                                .jsonPath(DOUBLES)
                                .getDouble("groups[0].kpis.concurrency_utilization_ratio.value"))
                        .isEqualTo(2.0));
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            List<KpiWindow> told = windows().stream()
                    .filter(window -> window.getDimensions().getApp().equals(app)
                            && window.getDimensions().getModel().isEmpty()
                            && window.getWindowStartUs() == minute.getEpochSecond() * 1_000_000)
                    .toList();
            assertThat(told).hasSizeGreaterThan(1);
            assertThat(told.get(told.size() - 1).getRevision().getGeneration())
                    .isGreaterThan(told.get(0).getRevision().getGeneration());
        });
    }

    @Test
    void refusesWhatIsNoLimit() {
        put("{\"limits\":[{\"app\":\"a\"}]}").then().statusCode(422).body("detail", containsString("max_rps"));
        put("{\"limits\":[{\"max_rps\":-1}]}").then().statusCode(422).body("field", equalTo("limits[0].max_rps"));
        put("{\"limits\":[{\"max_concurrent\":1.5}]}").then().statusCode(422);
        put("{\"limits\":[{\"max_rps\":1},{\"max_rps\":2}]}")
                .then()
                .statusCode(422)
                .body("field", equalTo("limits[1]"));
        put("{\"limits\":[{\"app\":7,\"max_rps\":1}]}").then().statusCode(422).body("field", equalTo("limits[0].app"));
        put("{\"limits\":[{\"colour\":\"red\",\"max_rps\":1}]}").then().statusCode(422);
        put("{}").then().statusCode(422).body("field", equalTo("limits"));
        given().body("{}").put(LIMITS).then().statusCode(401);
        asAdmin().get("/v1/projects/no-such/capacity").then().statusCode(404);
    }

    @Test
    void showsAndChangesNothingOfAnotherProject() {
        put("{\"limits\":[{\"app\":\"" + app + "\",\"max_rps\":1}]}").then().statusCode(200);
        asAdmin().body("{\"id\":\"" + app + "\"}").post("/v1/projects").then().statusCode(201);
        String key = asAdmin()
                .body("{\"scopes\":[\"ingest\",\"read\",\"admin\"]}")
                .post("/v1/projects/" + app + "/keys")
                .then()
                .statusCode(201)
                .extract()
                .path("key");
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(
                        () -> as(key).get("/v1/capacity").then().statusCode(200).body("items.size()", equalTo(0)));
        as(key).get(LIMITS).then().statusCode(404);
        as(key).body("{\"limits\":[]}").put(LIMITS).then().statusCode(404);
        as(key).body("{\"limits\":[]}")
                .put("/v1/projects/" + app + "/capacity")
                .then()
                .statusCode(200);
        asAdmin().get(LIMITS).then().body("limits[0].app", equalTo(app));
        as(key).get("/v1/kpis/operations/exemplars?from=now-1d")
                .then()
                .body("slowest.size()", equalTo(0))
                .body("errors.size()", equalTo(0));
    }

    private static RequestSpecification as(String key) {
        return given().header("Authorization", "Bearer " + key).header("Content-Type", "application/json");
    }

    /** So many calls of twenty seconds that start together; those of an earlier send are the same events. */
    private void send(int calls, Instant start) {
        long startUs = start.getEpochSecond() * 1_000_000;
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestStack.shared().bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < calls; i++) {
                Call.Builder call = Calls.call(app + "-" + i)
                        .setApp(app)
                        .setStartTimeUs(startUs)
                        .setEndTimeUs(startUs + 20 * Calls.SECOND);
                call.getEnvelopeBuilder().setTenant("default").setEventTimeUs(startUs);
                producer.send(new ProducerRecord<>(
                        Topics.EVENTS,
                        EventKey.of(call.build()).bytes(),
                        AcceptedEvents.newBuilder().addCalls(call).build().toByteArray()));
            }
        }
    }

    /** Every window with a utilization that was sent so far, in order. */
    private static List<KpiWindow> windows() throws Exception {
        List<KpiWindow> windows = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestStack.shared().bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int i = 0; i < Topics.LOCAL_PARTITIONS; i++) {
                partitions.add(new TopicPartition(Topics.WINDOWS, i));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    KpiWindow window = KpiRecord.parseFrom(record.value()).getWindow();
                    boolean utilization = window.getState().getMeasuresList().stream()
                            .anyMatch(measure -> measure.getMeasure() == Measure.MEASURE_CONCURRENCY_UTILIZATION);
                    if (utilization) {
                        windows.add(window);
                    }
                }
            }
        }
        return windows;
    }

    private static Response get(String path) {
        return asAdmin().get(path);
    }

    private static Response put(String body) {
        return asAdmin().body(body).put(LIMITS);
    }

    private static RequestSpecification asAdmin() {
        return given().header("Authorization", "Bearer " + TestStack.shared().apiKey())
                .header("Content-Type", "application/json");
    }
}
