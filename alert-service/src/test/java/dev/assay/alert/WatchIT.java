package dev.assay.alert;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.assay.alert.domain.notification.Signature;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.contracts.kpi.v1.Tick;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is wrong with alerting itself: on the status, as incidents, to receivers, and by a heart that stops. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class WatchIT extends AlertFlow {
    private static final String STALLED = "self_alerts.find { it.subject == 'stalled' }.";

    private static void awaitStatus(TestProject project, Consumer<ValidatableResponse> expected) {
        await().atMost(SOON)
                .untilAsserted(() -> expected.accept(
                        project.asReader().get("/v1/status").then().statusCode(200)));
    }

    private static List<String> selfTold(TestProject project) {
        return RECEIVER.findAll(postRequestedFor(urlEqualTo("/watch-" + project.tenant))).stream()
                .map(request -> JsonPath.from(request.getBodyAsString()))
                .filter(body -> body.getString("rule_id").startsWith("self-"))
                .map(body -> body.getString("rule_id") + " " + body.getString("labels.subject") + " "
                        + body.getString("state"))
                .toList();
    }

    @Test
    void aRefusedNotificationIsToldToAnotherReceiverUntilOneArrives() {
        try (TestProject project = project()) {
            StubMapping refusing =
                    RECEIVER.stubFor(post("/" + project.tenant).atPriority(1).willReturn(status(400)));
            project.asAdmin()
                    .body(Map.of(
                            "name", "watch",
                            "type", "webhook",
                            "url", "http://127.0.0.1:" + RECEIVER.port() + "/watch-" + project.tenant))
                    .post("/v1/receivers")
                    .then()
                    .statusCode(201)
                    .body("self_alerts", equalTo(true));
            project.asReader()
                    .get("/v1/receivers")
                    .then()
                    .body("items.find { it.name == 'hook' }.self_alerts", equalTo(false));
            firing(project);

            String failed = "self_alerts.find { it.kind == 'delivery_failed' }.";
            awaitStatus(
                    project,
                    answer -> answer.body(failed + "subject", equalTo("hook"))
                            .body(failed + "state", equalTo("firing"))
                            .body(failed + "detail", containsString("status 400: not tried again")));
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(selfTold(project)).containsExactly("self-delivery-failed hook firing"));
            assertThat(notifications(project)).hasSize(1); // the 400 was not tried again
            String incident = selfIncident(project, "self-delivery-failed", "firing");
            project.asReader()
                    .get("/v1/incidents/" + incident)
                    .then()
                    .body("rule", equalTo("Alerting: delivery failed"))
                    .body("labels.subject", equalTo("hook"))
                    .body("timeline.kind", equalTo(List.of("opened")))
                    .body("timeline[0].note", containsString("status 400"))
                    .body("deliveries.receiver", equalTo(List.of("watch")));
            project.asAdmin()
                    .post("/v1/incidents/" + incident + "/acknowledge")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("acknowledged"));

            RECEIVER.removeStub(refusing);
            project.calls("chat", now - 20, now, 100, 0);
            project.tick(now);
            awaitState(project, "error-rate", "resolved");
            awaitStatus(project, answer -> answer.body("self_alerts.kind", not(hasItem("delivery_failed"))));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(selfTold(project))
                            .containsExactlyInAnyOrder(
                                    "self-delivery-failed hook firing", "self-delivery-failed hook resolved"));
            assertThat(selfIncident(project, "self-delivery-failed", "resolved"))
                    .isEqualTo(incident);
            try (TestProject other = project()) {
                other.asReader().get("/v1/status").then().body("self_alerts.subject", not(hasItem("hook")));
            }
        }
    }

    @Test
    void theHeartBeatsSignedAndStopsWhileTheServiceIsBlind() {
        try (TestProject project = project()) {
            project.calls("chat", now - 10, now, 100, 0);
            project.tick(now - 1);
            awaitEvaluated(project, "error-rate", now - 1);
            awaitStatus(project, answer -> answer.body("heartbeat.sent", equalTo(true)));
            String[] beat = System.getProperty(StackResource.BEAT).split("\n");
            assertThat(Signature.matches(beat[1], StackResource.HEARTBEAT_SECRET, Long.parseLong(beat[0]), beat[2]))
                    .isTrue();
            assertThat(JsonPath.from(beat[2]).getString("state")).isEqualTo("alive");

            tick(0, "0 minutes", Instant.now());
            tick(1, "10 minutes", Instant.now()); // a partition that is stuck
            try {
                awaitStatus(
                        project,
                        answer -> answer.body(STALLED + "kind", equalTo("pipeline_lag"))
                                .body(STALLED + "state", equalTo("pending"))
                                .body(STALLED + "detail", containsString("last heard at"))
                                .body("heartbeat.sent", equalTo(true)));
                change(
                        "update self_alert set since_time = since_time - interval '2 minutes' where tenant = $1",
                        project);
                awaitStatus(
                        project,
                        answer -> answer.body(STALLED + "state", equalTo("firing"))
                                .body("heartbeat.sent", equalTo(false))
                                .body("heartbeat.detail", containsString("pipeline")));
                selfIncident(project, "self-pipeline-lag", "firing");
            } finally {
                forgetTicks();
            }
            awaitStatus(
                    project,
                    answer -> answer.body("self_alerts.subject", not(hasItem("stalled")))
                            .body("heartbeat.sent", equalTo(true)));
            selfIncident(project, "self-pipeline-lag", "resolved");
        }
    }

    @Test
    void aSourceThatIsBehindInEventTimeIsFoundAlthoughItsTicksCome() {
        try (TestProject project = project()) {
            project.calls("chat", now - 10, now, 100, 0);
            project.tick(now - 1);
            awaitEvaluated(project, "error-rate", now - 1);
            tick(0, "0 minutes", Instant.now().minus(Duration.ofMinutes(10)));
            try {
                awaitStatus(
                        project,
                        answer -> answer.body(STALLED + "kind", equalTo("pipeline_lag"))
                                .body(STALLED + "detail", containsString("in event time")));
            } finally {
                forgetTicks();
            }
        }
    }

    /** What one source, which no rule goes by, told a partition. */
    private void tick(int partition, String ago, Instant clock) {
        Tick stalled = Tick.newBuilder()
                .setSource("stalled/x/0")
                .setClockUs(ChronoUnit.MICROS.between(Instant.EPOCH, clock))
                .addMeasures(Measure.MEASURE_UNSPECIFIED)
                .build();
        pool.preparedQuery("insert into source_tick values ($1, 'stalled/x/0', now() - $2::text::interval, $3)")
                .execute(Tuple.tuple()
                        .addInteger(partition)
                        .addString(ago)
                        .addBuffer(Buffer.buffer(stalled.toByteArray())))
                .await()
                .indefinitely();
    }

    private void forgetTicks() {
        pool.query("delete from source_tick where source = 'stalled/x/0'")
                .execute()
                .await()
                .indefinitely();
    }

    /** The incident of alerting itself that is in a state. */
    private static String selfIncident(TestProject project, String ruleId, String state) {
        String found = "items.find { it.rule_id == '" + ruleId + "' }.";
        await().atMost(SOON)
                .untilAsserted(() -> project.asReader()
                        .get("/v1/incidents?state=" + state)
                        .then()
                        .body(found + "incident", notNullValue()));
        return project.asReader().get("/v1/incidents?state=" + state).jsonPath().getString(found + "incident");
    }

    @Test
    void anEvaluationThatIsDueAndDoesNotComeIsFound() {
        try (TestProject project = project()) {
            project.calls("chat", now - 10, now, 100, 0);
            project.tick(now - 5);
            awaitEvaluated(project, "error-rate", now - 5);
            change("update evaluation set evaluated_time = now() - interval '10 minutes' where tenant = $1", project);
            SqlConnection other = pool.getConnection().await().indefinitely();
            try {
                Transaction held = other.begin().await().indefinitely();
                other.preparedQuery("select 1 from evaluation where tenant = $1 for update")
                        .execute(Tuple.of(project.tenant))
                        .await()
                        .indefinitely();
                project.tick(now);
                awaitStatus(
                        project,
                        answer -> answer.body(
                                "self_alerts.find { it.kind == 'missed_evaluations' }.state", equalTo("pending")));
                held.rollback().await().indefinitely();
            } finally {
                other.closeAndAwait();
            }
            awaitStatus(project, answer -> answer.body("self_alerts.kind", not(hasItem("missed_evaluations"))));
        }
    }
}
