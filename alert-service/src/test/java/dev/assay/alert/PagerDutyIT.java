package dev.assay.alert;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.assay.alert.domain.notification.PagerDutySignature;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What PagerDuty tells of what people do there. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class PagerDutyIT extends AlertFlow {
    private static final String SIGNING = "the signing secret";

    private static String receiver(TestProject project) {
        addPagerDuty(project);
        String id = project.asReader().get("/v1/receivers").jsonPath().getString("items.find { it.name == 'pd' }.id");
        project.asAdmin()
                .body(Map.of("secret", SIGNING))
                .put("/v1/receivers/" + id + "/webhook-secret")
                .then()
                .statusCode(204);
        return id;
    }

    private static String event(String id, String type, String incident, Instant at) {
        return """
                {"event":{"id":"%s","event_type":"incident.%s","resource_type":"incident","occurred_at":"%s",
                 "agent":{"type":"user_reference","summary":"Kim"},"data":{"id":"Q1","incident_key":"%s"}}}""".formatted(id, type, at, incident);
    }

    private static ValidatableResponse send(TestProject project, String receiver, String secret, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return given().contentType("application/json")
                .header("X-PagerDuty-Signature", PagerDutySignature.of(secret, bytes))
                .body(bytes)
                .post("/v1/webhooks/pagerduty/" + project.tenant + "/" + receiver)
                .then();
    }

    @Test
    void whatIsDoneThereIsDoneHereOnceAndNotToldBack() {
        try (TestProject project = project()) {
            String receiver = receiver(project);
            String incident = firing(project);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(pagerDutyActions(project)).containsExactly("trigger"));
            String path = "/v1/incidents/" + incident;
            String acknowledged = event("e1", "acknowledged", incident, Instant.now());
            send(project, receiver, SIGNING, acknowledged).statusCode(204);
            send(project, receiver, SIGNING, acknowledged).statusCode(204);
            send(project, receiver, SIGNING, event("e2", "acknowledged", incident, Instant.now()))
                    .statusCode(204);
            project.asReader()
                    .get(path)
                    .then()
                    .body("state", equalTo("acknowledged"))
                    .body("owner", equalTo("Kim"))
                    .body("timeline.kind", equalTo(List.of("opened", "acknowledged")));

            send(project, receiver, SIGNING, event("e3", "resolved", incident, Instant.now()))
                    .statusCode(204);
            project.asReader()
                    .get(path)
                    .then()
                    .body("state", equalTo("resolved"))
                    .body("closed_by", equalTo("Kim"));
            awaitNotifications(project, 2); // the other receiver is told that it is over
            assertThat(pagerDutyActions(project)).containsExactly("trigger");
            assertThat(count(
                            "select count(*) from delivery where tenant = $1 and receiver_name = 'pd' and transition <> 'firing'",
                            project))
                    .isZero();
            project.asAdmin().get("/v1/audit").then().body("items.actor", hasItem("pagerduty:" + receiver));
        }
    }

    @Test
    void whatIsNotSignedForThisReceiverIsRefused() {
        try (TestProject project = project();
                TestProject other = project()) {
            String receiver = receiver(project);
            String incident = firing(project);
            String body = event("e1", "acknowledged", incident, Instant.now());
            send(project, receiver, "another secret", body).statusCode(403);
            send(project, "rcv-none", SIGNING, body).statusCode(403);
            send(other, receiver, SIGNING, body).statusCode(403);
            given().contentType("application/json")
                    .body(body)
                    .post("/v1/webhooks/pagerduty/" + project.tenant + "/" + receiver)
                    .then()
                    .statusCode(403);
            given().contentType("application/json")
                    .header(
                            "X-PagerDuty-Signature",
                            PagerDutySignature.of(SIGNING, "{}".getBytes(StandardCharsets.UTF_8)))
                    .body(body)
                    .post("/v1/webhooks/pagerduty/" + project.tenant + "/" + receiver)
                    .then()
                    .statusCode(403);
            send(
                            project,
                            receiver,
                            SIGNING,
                            event("e2", "acknowledged", incident, Instant.now().minusSeconds(90_000)))
                    .statusCode(400)
                    .body("field", equalTo("occurred_at"));
            send(project, receiver, SIGNING, "{}").statusCode(400).body("field", equalTo("event"));
            send(project, receiver, SIGNING, event("e3", "acknowledged", "of another tool", Instant.now()))
                    .statusCode(204);
            send(project, receiver, SIGNING, event("e4", "triggered", incident, Instant.now()))
                    .statusCode(204);
            project.asReader().get("/v1/incidents/" + incident).then().body("state", equalTo("firing"));

            project.asAdmin()
                    .body(Map.of("secret", "short"))
                    .put("/v1/receivers/" + receiver + "/webhook-secret")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("secret"));
            other.asAdmin()
                    .body(Map.of("secret", SIGNING))
                    .put("/v1/receivers/" + receiver + "/webhook-secret")
                    .then()
                    .statusCode(404);
            project.asReader()
                    .body(Map.of("secret", SIGNING))
                    .put("/v1/receivers/" + receiver + "/webhook-secret")
                    .then()
                    .statusCode(403);
        }
    }
}
