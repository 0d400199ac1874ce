package dev.assay.alert;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.assay.alert.app.EvaluationStore;
import dev.assay.alert.domain.notification.Signature;
import dev.assay.contracts.Topics;
import dev.assay.contracts.alert.v1.AlertEvent;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.localstack.TestStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From windows and ticks on the topic to notifications at a receiver; each test has a project of its own. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class AlertFlowIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String SECRET = "hook-secret";
    private static final WireMockServer RECEIVER = new WireMockServer(0);

    @Inject
    Pool pool;

    @Inject
    EvaluationStore evaluations;

    private final long now = TestProject.nowMinute();

    @BeforeAll
    static void listen() {
        RECEIVER.start();
    }

    @AfterAll
    static void stop() {
        RECEIVER.stop();
    }

    @BeforeEach
    void accept() {
        RECEIVER.stubFor(post(anyUrl()).willReturn(status(204)));
    }

    private static TestProject project() {
        return project(false);
    }

    private static TestProject project(boolean generated) {
        TestProject project = new TestProject(
                generated,
                Measure.MEASURE_CALLS,
                Measure.MEASURE_ACCURACY,
                Measure.MEASURE_RPS_UTILIZATION,
                Measure.MEASURE_TOXIC_PAGE);
        await().atMost(SOON)
                .untilAsserted(() -> project.asReader().get("/v1/alerts").then().statusCode(200));
        project.asAdmin()
                .body(Map.of(
                        "name",
                        "hook",
                        "type",
                        "webhook",
                        "url",
                        "http://127.0.0.1:" + RECEIVER.port() + "/" + project.tenant,
                        "secret",
                        SECRET))
                .post("/v1/receivers")
                .then()
                .statusCode(201);
        return project;
    }

    private static JsonPath alert(TestProject project, String ruleId) {
        JsonPath all = project.asReader().get("/v1/alerts").then().extract().jsonPath();
        all.setRootPath("items.find { it.rule_id == '" + ruleId + "' }");
        return all;
    }

    private static void awaitState(TestProject project, String ruleId, String state) {
        await(ruleId + " is " + state)
                .atMost(SOON)
                .untilAsserted(() ->
                        assertThat(alert(project, ruleId).getString("state")).isEqualTo(state));
    }

    private static void awaitEvaluated(TestProject project, String ruleId, long minute) {
        await(ruleId + " is evaluated up to " + minute)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(alert(project, ruleId).getString("evaluated_at"))
                        .isEqualTo(Instant.ofEpochSecond(minute * 60).toString()));
    }

    private static List<LoggedRequest> notifications(TestProject project) {
        List<LoggedRequest> requests =
                new ArrayList<>(RECEIVER.findAll(postRequestedFor(urlEqualTo("/" + project.tenant))));
        requests.sort(java.util.Comparator.comparing(LoggedRequest::getLoggedDate));
        return requests;
    }

    private static void awaitNotifications(TestProject project, int count) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(notifications(project)).hasSize(count));
    }

    private long count(String sql, TestProject project) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(project.tenant))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    private void change(String sql, TestProject project) {
        pool.preparedQuery(sql).execute(Tuple.of(project.tenant)).await().indefinitely();
    }

    @Test
    void listsEveryDefaultRuleWithoutData() {
        try (TestProject project = project()) {
            JsonPath alerts = project.asReader()
                    .get("/v1/alerts")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();

            assertThat(alerts.getList("items.rule", String.class))
                    .containsExactlyInAnyOrder(
                            "Quality drop",
                            "Latency spike",
                            "Cost anomaly",
                            "Error rate",
                            "Safety violation",
                            "User satisfaction",
                            "Capacity warning");
            assertThat(alerts.getList("items.state", String.class)).containsOnly("no_data");
            assertThat(alerts.getList("items.incident")).containsOnlyNulls();
        }
    }

    @Test
    void errorsFireOneSignedNotificationAndTheirEndAnother() {
        try (TestProject project = project()) {
            project.calls("chat", now - 60, now - 40, 100, 0);
            project.tick(now - 40);
            awaitState(project, "error-rate", "inactive");
            project.calls("chat", now - 40, now - 20, 100, 20);
            project.tick(now - 37);
            awaitState(project, "error-rate", "pending");
            project.tick(now - 30);
            awaitState(project, "error-rate", "firing");
            awaitNotifications(project, 1);

            LoggedRequest firing = notifications(project).get(0);
            JsonPath body = JsonPath.from(firing.getBodyAsString());
            String incident = alert(project, "error-rate").getString("incident");
            assertThat(body.getString("state")).isEqualTo("firing");
            assertThat(body.getString("rule")).isEqualTo("Error rate");
            assertThat(body.getString("incident")).isEqualTo(incident);
            assertThat(body.getString("severity")).isEqualTo("critical");
            assertThat(body.getDouble("threshold")).isEqualTo(0.01);
            assertThat(body.getDouble("value")).isBetween(0.19, 0.21);
            assertThat(body.getMap("labels")).isEqualTo(Map.of("app", "chat"));
            assertThat(body.getString("starts_at"))
                    .isEqualTo(Instant.ofEpochSecond((now - 39) * 60).toString());
            assertThat(body.getString("ends_at")).isNull();
            assertThat(firing.getHeader("Idempotency-Key")).isEqualTo(incident + "/firing");
            assertThat(Signature.matches(
                            firing.getHeader("Assay-Signature"),
                            SECRET,
                            Long.parseLong(firing.getHeader("Assay-Timestamp")),
                            firing.getBodyAsString()))
                    .isTrue();

            project.calls("chat", now - 20, now, 100, 0);
            project.tick(now);
            awaitState(project, "error-rate", "resolved");
            awaitNotifications(project, 2);
            LoggedRequest resolved = notifications(project).get(1);
            assertThat(JsonPath.from(resolved.getBodyAsString()).getString("ends_at"))
                    .isEqualTo(Instant.ofEpochSecond((now - 15) * 60).toString());
            assertThat(resolved.getHeader("Idempotency-Key")).isEqualTo(incident + "/resolved");

            JsonPath report = project.asReader()
                    .get("/v1/alerts/" + incident)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(report.getList("timeline.kind")).containsExactly("opened", "resolved");
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(project.asReader()
                                    .get("/v1/alerts/" + incident)
                                    .jsonPath()
                                    .getList("deliveries.state"))
                            .containsExactly("delivered", "delivered"));
            assertThat(events(project)).containsSubsequence("STATE_PENDING", "STATE_FIRING", "STATE_RESOLVED");
            JsonPath status = project.asReader().get("/v1/status").jsonPath();
            assertThat(status.getInt("deliveries.delivered")).isEqualTo(2);
            assertThat(status.getInt("alerts.resolved")).isEqualTo(1);
        }
    }

    /** The states of a project's events, in order. */
    private static List<String> events(TestProject project) {
        List<String> states = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", TestStack.shared().bootstrap()),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.ALERTS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            await().atMost(SOON).until(() -> {
                states.clear();
                consumer.seekToBeginning(partitions);
                consumer.poll(Duration.ofSeconds(2)).forEach(record -> {
                    try {
                        AlertEvent event = AlertEvent.parseFrom(record.value());
                        if (event.getEnvelope().getTenant().equals(project.tenant)
                                && event.getRule().equals("error-rate")) {
                            states.add(event.getState().name());
                        }
                    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                        throw new IllegalStateException(e);
                    }
                });
                return states.contains("STATE_RESOLVED");
            });
        }
        return states;
    }

    @Test
    void aLateBatchPagesOnArrivalWithItsStartInEventTime() {
        try (TestProject project = project()) {
            project.calls("chat", now - 60, now, 100, 0);
            project.tick(now);
            awaitState(project, "error-rate", "inactive");

            project.calls("chat", now - 12, now, 100, 50);

            awaitNotifications(project, 1);
            JsonPath body = JsonPath.from(notifications(project).get(0).getBodyAsString());
            assertThat(body.getString("starts_at"))
                    .isEqualTo(Instant.ofEpochSecond((now - 5) * 60).toString());
            awaitState(project, "error-rate", "firing");
        }
    }

    @Test
    void whatIsOverFifteenMinutesOldIsHistoryAndPagesNobody() {
        try (TestProject project = project()) {
            project.calls("chat", now - 90, now - 60, 100, 0);
            project.tick(now - 70);
            awaitState(project, "error-rate", "inactive");
            project.calls("chat", now - 60, now, 100, 0);
            project.tick(now);
            awaitEvaluated(project, "error-rate", now);

            project.calls("chat", now - 50, now - 30, 100, 50);

            awaitState(project, "error-rate", "resolved");
            String incident = alert(project, "error-rate").getString("incident");
            JsonPath report = project.asReader()
                    .get("/v1/alerts/" + incident)
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(report.getBoolean("paged")).isFalse();
            assertThat(report.getList("timeline.reason")).containsExactly("too_old", "never_paged");
            assertThat(report.getList("deliveries")).isEmpty();
            assertThat(notifications(project)).isEmpty();
        }
    }

    @Test
    void generatedDataNotifiesNobody() {
        try (TestProject project = project(true)) {
            project.calls("chat", now - 20, now, 100, 50);
            project.tick(now);
            awaitState(project, "error-rate", "firing");
            String incident = alert(project, "error-rate").getString("incident");
            assertThat(project.asReader()
                            .get("/v1/alerts/" + incident)
                            .jsonPath()
                            .getList("timeline.reason"))
                    .containsExactly("generated_data");
            assertThat(count("select count(*) from delivery where tenant = $1", project))
                    .isZero();
        }
    }

    @Test
    void evaluatingAgainAndSendingAgainIsOneIncidentUnderOneKey() {
        try (TestProject project = project()) {
            project.calls("chat", now - 20, now, 100, 50);
            project.tick(now);
            awaitNotifications(project, 1);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(count(
                                    "select count(*) from delivery where tenant = $1 and state = 'delivered'", project))
                            .isEqualTo(1));

            // as a crash between sending and recording leaves it
            change("""
                    update delivery set state = 'queued', finished_time = null, leased_until = now() - interval '1 second'
                    where tenant = $1""", project);
            awaitNotifications(project, 2);
            assertThat(notifications(project))
                    .extracting(request -> request.getHeader("Idempotency-Key"))
                    .containsOnly(alert(project, "error-rate").getString("incident") + "/firing");

            // the same minutes once more, as after a replica that evaluated them could not say so
            String again = "insert into window_change (tenant, partition_id, from_minute) values ($1, 0, %d)";
            change(again.formatted(now - 20), project);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(count("select count(*) from window_change where tenant = $1", project))
                                    .isZero());
            awaitState(project, "error-rate", "firing");
            assertThat(count("select count(*) from incident where tenant = $1", project))
                    .isEqualTo(1);
            assertThat(notifications(project)).hasSize(2);
        }
    }

    @Test
    void oneReplicaAtATimeEvaluatesAProject() {
        try (TestProject project = project()) {
            evaluations.wake(project.tenant).await().indefinitely();
            AtomicBoolean ran = new AtomicBoolean();
            boolean leased = pool.withTransaction(other -> other.preparedQuery(
                                    "select 1 from evaluation where tenant = $1 for update")
                            .execute(Tuple.of(project.tenant))
                            .chain(() -> evaluations.inLease(project.tenant, evaluation -> {
                                ran.set(true);
                                return Uni.createFrom().voidItem();
                            })))
                    .await()
                    .indefinitely();
            assertThat(leased).isFalse();
            assertThat(ran).isFalse();
        }
    }

    @Test
    void theRulesWhoseKpisComeLaterFireOnWindowsOfThem() {
        try (TestProject project = project()) {
            project.windows("chat", now - 150, now, state -> {
                state.add(Measure.MEASURE_ACCURACY, 10, 6);
                state.add(Measure.MEASURE_RPS_UTILIZATION, 1, 0);
                state.addSum(Measure.MEASURE_RPS_UTILIZATION, new BigDecimal("0.95"));
                state.add(Measure.MEASURE_TOXIC_PAGE, 10, 0);
            });
            project.tick(now);

            awaitState(project, "quality-drop", "firing");
            awaitState(project, "capacity-warning", "firing");
            awaitState(project, "safety-violation", "inactive");
            project.windows("chat", now - 1, now, state -> state.add(Measure.MEASURE_TOXIC_PAGE, 10, 1));
            awaitState(project, "safety-violation", "firing");
            awaitNotifications(project, 3);
        }
    }

    @Test
    void aRuleOfOnesOwnPagesItsReceiversAndItsDeletionEndsTheIncident() {
        try (TestProject project = project()) {
            project.asAdmin()
                    .body(Map.of(
                            "name",
                            "Error rate",
                            "enabled",
                            false,
                            "metric",
                            "error_rate",
                            "op",
                            ">",
                            "threshold",
                            0.01))
                    .put("/v1/rules/error-rate")
                    .then()
                    .statusCode(200);
            project.calls("chat", now - 10, now, 100, 30);
            project.calls("search", now - 10, now, 100, 0);
            project.tick(now - 1);
            String id = project.asAdmin()
                    .body(Map.of(
                            "name", "My errors",
                            "metric", "error_rate",
                            "filters", Map.of("app", "chat"),
                            "group_by", List.of("model"),
                            "window", "2m",
                            "op", ">=",
                            "threshold", 0.3,
                            "severity", "medium",
                            "receivers", List.of("hook")))
                    .post("/v1/rules")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");

            awaitState(project, id, "firing");
            awaitNotifications(project, 1);
            assertThat(JsonPath.from(notifications(project).get(0).getBodyAsString())
                            .getString("labels.model"))
                    .isEqualTo("m");
            project.asAdmin().delete("/v1/rules/" + id).then().statusCode(204);
            awaitNotifications(project, 2);
            assertThat(JsonPath.from(notifications(project).get(1).getBodyAsString())
                            .getString("state"))
                    .isEqualTo("resolved");
        }
    }

    @Test
    void aRecordThatCannotBeReadIsADeadLetterAndHoldsNothingUp() {
        try (TestProject project = project()) {
            project.raw(new byte[] {(byte) 0xff, 1, 2, 3});
            project.calls("chat", now - 10, now, 100, 0);
            project.tick(now);
            awaitState(project, "error-rate", "inactive");
            assertThat(count(
                            "select count(*) from dead_letter where tenant <> $1 and reason like 'not a KpiRecord%'",
                            project))
                    .isPositive();
        }
    }

    @Test
    void aWindowSentAgainOrOutOfOrderCountsOnce() {
        try (TestProject project = project()) {
            project.window("chat", now - 5, 7, state -> state.add(Measure.MEASURE_CALLS, 50, 50));
            project.window("chat", now - 5, 7, state -> state.add(Measure.MEASURE_CALLS, 50, 50));
            project.window("chat", now - 5, 3, state -> state.add(Measure.MEASURE_CALLS, 900, 0));
            project.tick(now - 4);
            awaitState(project, "error-rate", "inactive");
            assertThat(alert(project, "error-rate").getInt("samples")).isEqualTo(50);
            project.window("chat", now - 5, 9, state -> state.add(Measure.MEASURE_CALLS, 70, 70));
            project.tick(now - 3);
            awaitEvaluated(project, "error-rate", now - 3);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(alert(project, "error-rate").getInt("samples"))
                            .isEqualTo(70));
        }
    }
}
