package dev.assay.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people do about incidents, and who is told when nobody does anything. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class IncidentCareIT extends AlertFlow {
    @Test
    void anIncidentIsAcknowledgedAssignedNotedAndClosed() {
        try (TestProject project = project()) {
            addPagerDuty(project);
            String incident = firing(project);
            String path = "/v1/incidents/" + incident;
            awaitNotifications(project, 1);
            project.asReader().get("/v1/incidents?state=firing").then().body("items.incident", hasItem(incident));

            project.asAdmin()
                    .body(Map.of("by", "Kim", "note", "looking"))
                    .post(path + "/acknowledge")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("acknowledged"))
                    .body("acknowledged_by", equalTo("Kim"))
                    .body("owner", equalTo("Kim"));
            project.asAdmin()
                    .body(Map.of("owner", "Lee"))
                    .put(path + "/owner")
                    .then()
                    .body("owner", equalTo("Lee"));
            project.asAdmin()
                    .body(Map.of("note", "a bad deploy"))
                    .post(path + "/notes")
                    .then()
                    .statusCode(200);
            await().atMost(SOON)
                    .untilAsserted(
                            () -> assertThat(pagerDutyActions(project)).containsExactly("trigger", "acknowledge"));

            project.asAdmin()
                    .body(Map.of("by", "Lee"))
                    .post(path + "/resolve")
                    .then()
                    .statusCode(200)
                    .body("state", equalTo("resolved"))
                    .body("timeline.kind", equalTo(List.of("opened", "acknowledged", "assigned", "noted", "closed")))
                    .body("timeline.note", hasItem("a bad deploy"));
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(pagerDutyActions(project)).containsExactly("trigger", "acknowledge", "resolve"));
            awaitNotifications(project, 2);

            // the condition still holds, and then ends: nobody is told again
            project.calls("chat", now - 20, now, 100, 0);
            project.tick(now);
            awaitState(project, "error-rate", "resolved");
            project.asReader()
                    .get(path)
                    .then()
                    .body("timeline.kind", hasItem("resolved"))
                    .body("deliveries", hasSize(5));
            assertThat(notifications(project)).hasSize(2);
            project.asAdmin()
                    .get("/v1/audit")
                    .then()
                    .body("items.action", hasItem("incident.acknowledged"))
                    .body("items.action", hasItem("receiver.create"));
        }
    }

    @Test
    void whatIsWrongWithAnActIsNamed() {
        try (TestProject project = project()) {
            String incident = firing(project);
            project.asAdmin().post("/v1/incidents/inc-none/acknowledge").then().statusCode(404);
            project.asAdmin()
                    .post("/v1/incidents/" + incident + "/notes")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("note"));
            project.asAdmin()
                    .body(Map.of("owner", ""))
                    .put("/v1/incidents/" + incident + "/owner")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("owner"));
            project.asReader()
                    .post("/v1/incidents/" + incident + "/acknowledge")
                    .then()
                    .statusCode(403);
            project.asReader()
                    .get("/v1/incidents?state=open")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("state"));
            try (TestProject other = project()) {
                other.asAdmin()
                        .post("/v1/incidents/" + incident + "/acknowledge")
                        .then()
                        .statusCode(404);
                other.asReader().get("/v1/incidents").then().body("items", hasSize(0));
            }
        }
    }

    @Test
    void anIncidentOfWhichNothingIsKnownExpiresAndReturns() {
        try (TestProject project = project()) {
            project.calls("chat", now - 400, now - 340, 100, 30);
            project.tick(now - 370);
            awaitState(project, "error-rate", "firing");
            String incident = alert(project, "error-rate").getString("incident");
            String path = "/v1/incidents/" + incident;
            awaitNotifications(project, 1);

            project.tick(now - 200); // over two hours without a call: a gap
            awaitEvaluated(project, "error-rate", now - 200);
            project.asReader().get(path).then().body("state", equalTo("firing"));

            project.tick(now - 150);
            await().atMost(SOON)
                    .untilAsserted(() -> project.asReader().get(path).then().body("state", equalTo("expired")));
            project.asReader().get("/v1/incidents?state=expired").then().body("items.incident", hasItem(incident));
            awaitNotifications(project, 2);
            JsonPath over = JsonPath.from(notifications(project).get(1).getBodyAsString());
            assertThat(over.getString("state")).isEqualTo("resolved");
            assertThat(over.getBoolean("expired")).isTrue();

            project.calls("chat", now - 20, now - 10, 100, 30);
            project.tick(now - 10);
            await().atMost(SOON)
                    .untilAsserted(() -> project.asReader().get(path).then().body("state", equalTo("firing")));
            project.tick(now - 9); // the next minute
            awaitNotifications(project, 3);
            LoggedRequest again = notifications(project).get(2);
            assertThat(again.getHeader("Idempotency-Key")).isEqualTo(incident + "/firing-1");
            project.asReader()
                    .get(path)
                    .then()
                    .body("state", equalTo("firing"))
                    .body("timeline.kind", equalTo(List.of("opened", "expired", "returned", "told")));

            project.calls("chat", now - 10, now, 100, 0);
            project.tick(now);
            awaitNotifications(project, 4);
            project.asReader().get(path).then().body("state", equalTo("resolved"));
        }
    }

    private void escalating(TestProject project) {
        begin(project, now - 61);
        project.asAdmin()
                .body(Map.of(
                        "name",
                        "boss",
                        "type",
                        "pagerduty",
                        "secret",
                        "key",
                        "url",
                        "http://127.0.0.1:" + RECEIVER.port() + "/pd-" + project.tenant))
                .post("/v1/receivers")
                .then()
                .statusCode(201);
        project.asAdmin()
                .body(Map.of(
                        "name",
                        "Error rate",
                        "metric",
                        "error_rate",
                        "group_by",
                        List.of("app"),
                        "op",
                        ">",
                        "threshold",
                        0.01,
                        "receivers",
                        List.of("hook"),
                        "escalation",
                        List.of(Map.of("after", "10m", "receivers", List.of("boss")))))
                .put("/v1/rules/error-rate")
                .then()
                .statusCode(200)
                .body("escalation[0].after", equalTo("10m"));
    }

    private List<String> escalations(TestProject project) {
        return project.asReader()
                .get("/v1/incidents/" + alert(project, "error-rate").getString("incident"))
                .jsonPath()
                .getList("deliveries.findAll { it.receiver == 'boss' }.state", String.class);
    }

    @Test
    void whoIsNextIsToldWhenNobodyAcknowledges() {
        try (TestProject project = project()) {
            escalating(project);
            firing(project);
            awaitNotifications(project, 1);
            assertThat(escalations(project)).containsExactly("queued");
            assertThat(pagerDutyActions(project)).isEmpty();
            change("update delivery set next_attempt_time = now() where tenant = $1 and escalation", project);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(pagerDutyActions(project)).containsExactly("trigger"));
            project.calls("chat", now - 20, now, 100, 0);
            project.tick(now);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(pagerDutyActions(project)).containsExactly("trigger", "resolve"));
        }
    }

    @Test
    void anAcknowledgementOrTheEndStopsTheEscalation() {
        try (TestProject project = project();
                TestProject other = project()) {
            escalating(project);
            String incident = firing(project);
            project.asAdmin()
                    .post("/v1/incidents/" + incident + "/acknowledge")
                    .then()
                    .statusCode(200);
            assertThat(escalations(project)).containsExactly("cancelled");

            escalating(other);
            firing(other);
            other.calls("chat", now - 20, now, 100, 0);
            other.tick(now);
            awaitState(other, "error-rate", "resolved");
            awaitNotifications(other, 2);
            assertThat(escalations(other)).containsExactly("cancelled");
            assertThat(pagerDutyActions(other)).isEmpty();
        }
    }
}
