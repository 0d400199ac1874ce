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

import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import dev.assay.alert.domain.notification.Signature;
import dev.assay.contracts.kpi.v1.Tick;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is wrong with alerting itself: on the status, to receivers that asked for it, and by a heart that stops. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class WatchIT extends AlertFlow {
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
            StubMapping refusing = RECEIVER.stubFor(
                    post("/" + project.tenant).atPriority(1).willReturn(status(400)));
            project.asAdmin()
                    .body(Map.of(
                            "name", "watch",
                            "type", "webhook",
                            "url", "http://127.0.0.1:" + RECEIVER.port() + "/watch-" + project.tenant,
                            "self_alerts", true))
                    .post("/v1/receivers")
                    .then()
                    .statusCode(201)
                    .body("self_alerts", equalTo(true));
            firing(project);

            String failed = "self_alerts.find { it.kind == 'delivery_failed' }.";
            awaitStatus(project, answer -> answer.body(failed + "subject", equalTo("hook"))
                    .body(failed + "state", equalTo("firing"))
                    .body(failed + "detail", containsString("status 400: not tried again")));
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(selfTold(project)).containsExactly("self-delivery-failed hook firing"));
            assertThat(notifications(project)).hasSize(1); // the 400 was not tried again

            RECEIVER.removeStub(refusing);
            project.calls("chat", now - 20, now, 100, 0);
            project.tick(now);
            awaitState(project, "error-rate", "resolved");
            awaitStatus(project, answer -> answer.body("self_alerts.kind", not(hasItem("delivery_failed"))));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(selfTold(project))
                            .containsExactlyInAnyOrder(
                                    "self-delivery-failed hook firing", "self-delivery-failed hook resolved"));
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

            Tick stalled = Tick.newBuilder().setSource("stalled/x/0").build();
            pool.preparedQuery(
                            "insert into source_tick values (0, 'stalled/x/0', now() - interval '10 minutes', $1)")
                    .execute(Tuple.tuple().addBuffer(Buffer.buffer(stalled.toByteArray())))
                    .await()
                    .indefinitely();
            try {
                awaitStatus(project, answer -> answer.body(
                                "self_alerts.find { it.subject == 'stalled' }.kind", equalTo("pipeline_lag"))
                        .body("heartbeat.sent", equalTo(false))
                        .body("heartbeat.detail", containsString("pipeline")));
            } finally {
                pool.query("delete from source_tick where source = 'stalled/x/0'")
                        .execute()
                        .await()
                        .indefinitely();
            }
            awaitStatus(project, answer -> answer.body("self_alerts.subject", not(hasItem("stalled")))
                    .body("heartbeat.sent", equalTo(true)));
        }
    }

    @Test
    void anEvaluationThatIsDueAndDoesNotComeIsFound() {
        try (TestProject project = project()) {
            project.calls("chat", now - 10, now, 100, 0);
            project.tick(now - 5);
            awaitEvaluated(project, "error-rate", now - 5);
            change(
                    "update evaluation set evaluated_time = now() - interval '10 minutes' where tenant = $1",
                    project);
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
