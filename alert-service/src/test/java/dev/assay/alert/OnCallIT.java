package dev.assay.alert;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Transaction;
import io.vertx.mutiny.sqlclient.Tuple;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Who is on call, who is told next, and links that acknowledge. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class OnCallIT extends AlertFlow {
    private static void receiver(TestProject project, String name) {
        project.asAdmin()
                .body(Map.of(
                        "name",
                        name,
                        "type",
                        "webhook",
                        "url",
                        "http://127.0.0.1:" + RECEIVER.port() + "/" + name + "-" + project.tenant))
                .post("/v1/receivers")
                .then()
                .statusCode(201);
    }

    private static String schedule(TestProject project) {
        return project.asAdmin()
                .body(Map.of(
                        "name",
                        "primary",
                        "timezone",
                        "Europe/Berlin",
                        "people",
                        List.of(
                                Map.of("name", "Kim", "receivers", List.of("kim")),
                                Map.of("name", "Lee", "receivers", List.of("lee"))),
                        "layers",
                        List.of(Map.of("people", List.of("Kim", "Lee"), "start", "2026-03-02", "handoff", "09:00"))))
                .post("/v1/schedules")
                .then()
                .statusCode(201)
                .body("layers[0].days", equalTo(7))
                .extract()
                .path("id");
    }

    private static String policy(TestProject project) {
        return project.asAdmin()
                .body(Map.of(
                        "name",
                        "core",
                        "steps",
                        List.of(
                                Map.of("schedules", List.of("primary"), "timeout", "5m"),
                                Map.of("receivers", List.of("boss"), "timeout", "5m"))))
                .post("/v1/escalation-policies")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** Lee stands in now, and the rule for errors goes by the policy. */
    private void onCall(TestProject project) {
        begin(project, now - 61);
        List.of("kim", "lee", "boss").forEach(name -> receiver(project, name));
        String schedule = schedule(project);
        policy(project);
        project.asAdmin()
                .body(Map.of(
                        "person", "Lee",
                        "starts_at", Instant.now().minusSeconds(60).toString(),
                        "ends_at", Instant.now().plusSeconds(3_600).toString()))
                .post("/v1/schedules/" + schedule + "/overrides")
                .then()
                .statusCode(201);
        project.asAdmin()
                .body(Map.of(
                        "name", "Error rate",
                        "metric", "error_rate",
                        "group_by", List.of("app"),
                        "op", ">",
                        "threshold", 0.01,
                        "escalation_policy", "core"))
                .put("/v1/rules/error-rate")
                .then()
                .statusCode(200)
                .body("escalation_policy", equalTo("core"));
    }

    private static List<JsonPath> told(TestProject project, String name) {
        return RECEIVER
                .findAll(WireMock.postRequestedFor(WireMock.urlEqualTo("/" + name + "-" + project.tenant)))
                .stream()
                .map(request -> JsonPath.from(request.getBodyAsString()))
                .toList();
    }

    private static void awaitTold(TestProject project, String name, String... states) {
        await(name)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(told(project, name))
                        .extracting(body -> body.getString("state"))
                        .containsExactly(states));
    }

    @Test
    void aScheduleSaysWhoIsOnCallAtATime() {
        try (TestProject project = project();
                TestProject other = project()) {
            receiver(project, "kim");
            receiver(project, "lee");
            String path = "/v1/schedules/" + schedule(project);
            project.asReader()
                    .get(path + "/on-call?at=2026-03-29T12:00:00Z")
                    .then()
                    .statusCode(200)
                    .body("on_call.person", equalTo("Lee"))
                    .body("on_call.receivers", equalTo(List.of("lee")))
                    .body("on_call.until", equalTo("2026-03-30T07:00:00Z"))
                    .body("on_call.override", equalTo(false));
            project.asReader()
                    .get(path + "/on-call?at=2026-03-01T12:00:00Z")
                    .then()
                    .body("on_call", nullValue());
            project.asAdmin()
                    .body(Map.of(
                            "person", "Kim", "starts_at", "2026-03-29T10:00:00Z", "ends_at", "2999-01-01T00:00:00Z"))
                    .post(path + "/overrides")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("ends_at"));
            Instant now = Instant.now();
            String id = project.asAdmin()
                    .body(Map.of(
                            "person", "Kim",
                            "starts_at", now.minusSeconds(60).toString(),
                            "ends_at", now.plusSeconds(600).toString()))
                    .post(path + "/overrides")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            project.asReader()
                    .get(path + "/on-call")
                    .then()
                    .body("on_call.person", equalTo("Kim"))
                    .body("on_call.override", equalTo(true));
            project.asReader().get(path).then().body("overrides.id", equalTo(List.of(id)));
            project.asAdmin().delete(path + "/overrides/" + id).then().statusCode(204);
            project.asAdmin().delete(path + "/overrides/" + id).then().statusCode(404);

            project.asReader()
                    .get(path + "/on-call?at=tomorrow")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("at"));
            project.asReader().delete(path).then().statusCode(403);
            other.asReader().get(path + "/on-call").then().statusCode(404);
            other.asReader().get("/v1/schedules").then().body("items", hasSize(0));
            other.asAdmin().delete(path).then().statusCode(404);
            project.asAdmin().delete(path).then().statusCode(204);
        }
    }

    @Test
    void whatIsWrongWithOnCallIsNamed() {
        try (TestProject project = project()) {
            project.asAdmin()
                    .body(Map.of("name", "core", "steps", List.of(Map.of("schedules", List.of("none")))))
                    .post("/v1/escalation-policies")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("steps"));
            project.asAdmin()
                    .body(Map.of(
                            "name", "s",
                            "people", List.of(Map.of("name", "Kim", "receivers", List.of("nobody"))),
                            "layers", List.of(Map.of("people", List.of("Kim"), "start", "2026-03-02"))))
                    .post("/v1/schedules")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("people"));
            project.asAdmin()
                    .body(Map.of("name", "R", "metric", "error_rate", "threshold", 1, "escalation_policy", "none"))
                    .post("/v1/rules")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("escalation_policy"));
        }
    }

    @Test
    void whoIsOnCallIsToldAndThenTheNextUntilItEnds() {
        try (TestProject project = project()) {
            onCall(project);
            String incident = firing(project);
            awaitTold(project, "lee", "firing");
            assertThat(told(project, "kim")).isEmpty();
            assertThat(told(project, "boss")).isEmpty();
            assertThat(notifications(project)).isEmpty(); // the policy says who is told, and nobody else

            change("update page set due_time = now() where tenant = $1", project);
            awaitTold(project, "boss", "firing");
            project.asReader().get("/v1/incidents/" + incident).then().body("timeline.kind", hasItem("escalated"));
            assertThat(count("select count(*) from page where tenant = $1", project))
                    .isZero();

            project.calls("chat", now - 20, now, 100, 0);
            project.tick(now);
            awaitTold(project, "lee", "firing", "resolved");
            awaitTold(project, "boss", "firing", "resolved");
            assertThat(told(project, "kim")).isEmpty();
        }
    }

    @Test
    void aPolicyThatReachesNobodyTellsEveryone() {
        try (TestProject project = project()) {
            onCall(project);
            change("delete from escalation_policy where tenant = $1", project);
            firing(project);
            awaitTold(project, "kim", "firing");
            awaitTold(project, "lee", "firing");
            awaitTold(project, "boss", "firing");
            awaitNotifications(project, 1);
        }
    }

    @Test
    void anAcknowledgementDuringAStepTakesBackWhatTheStepQueues() {
        try (TestProject project = project()) {
            onCall(project);
            String incident = firing(project);
            awaitTold(project, "lee", "firing");
            SqlConnection step = pool.getConnection().await().indefinitely();
            CompletableFuture<Integer> acknowledged;
            try {
                Transaction taken = step.begin().await().indefinitely();
                on(step, "select 1 from page where tenant = $1 for update", project);
                on(step, """
                        insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body,
                          next_attempt_time, escalation)
                        select p.tenant, p.incident_id, 'firing', r.receiver_id, r.name, p.body,
                          now() + interval '1 hour', true
                        from page p join receiver r on r.tenant = p.tenant and r.name = 'boss'
                        where p.tenant = $1""", project);
                acknowledged = CompletableFuture.supplyAsync(() -> project.asAdmin()
                        .post("/v1/incidents/" + incident + "/acknowledge")
                        .statusCode());
                await("the acknowledgement waits for the step")
                        .atMost(SOON)
                        .untilAsserted(() -> assertThat(pool.query("""
                                        select 1 from pg_stat_activity where pid <> pg_backend_pid()
                                          and wait_event_type = 'Lock' and query like '%delete from page%'""")
                                        .execute()
                                        .await()
                                        .indefinitely()
                                        .size())
                                .isEqualTo(1));
                taken.commit().await().indefinitely();
            } finally {
                step.closeAndAwait();
            }
            assertThat(acknowledged.join()).isEqualTo(200);
            assertThat(count(
                            "select count(*) from delivery where tenant = $1 and receiver_name = 'boss' and state = 'queued'",
                            project))
                    .isZero();
            assertThat(count(
                            "select count(*) from delivery where tenant = $1 and receiver_name = 'boss' and state = 'cancelled'",
                            project))
                    .isEqualTo(1);
        }
    }

    private static void on(SqlConnection connection, String sql, TestProject project) {
        connection.preparedQuery(sql).execute(Tuple.of(project.tenant)).await().indefinitely();
    }

    @Test
    void aLinkShowsFirstAndAcknowledgesThenAndStopsTheEscalation() {
        try (TestProject project = project()) {
            onCall(project);
            String incident = firing(project);
            awaitTold(project, "lee", "firing");
            String link = told(project, "lee").get(0).getString("acknowledge_url");
            assertThat(link).startsWith("https://alerts.example.com/v1/acknowledge/");
            String path = URI.create(link).getPath();

            given().get(path)
                    .then()
                    .statusCode(200)
                    .contentType(containsString("text/html"))
                    .header("Cache-Control", "no-store")
                    .body(containsString("Acknowledge as lee"));
            project.asReader().get("/v1/incidents/" + incident).then().body("state", equalTo("firing"));

            given().post(path).then().statusCode(200).body(containsString("acknowledged by lee"));
            project.asReader()
                    .get("/v1/incidents/" + incident)
                    .then()
                    .body("state", equalTo("acknowledged"))
                    .body("acknowledged_by", equalTo("lee"));
            assertThat(count("select count(*) from page where tenant = $1", project))
                    .isZero();
            project.asAdmin().get("/v1/audit").then().body("items.actor", hasItem("link:lee"));
            given().get(path).then().statusCode(200).body(not(containsString("<button>")));

            given().contentType("application/x-www-form-urlencoded") // as the page's form does, and again
                    .post(path)
                    .then()
                    .statusCode(200);
            given().get(path + "AAAA").then().statusCode(403);
            given().post("/v1/acknowledge/nonsense").then().statusCode(403);
        }
    }
}
