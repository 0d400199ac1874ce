package dev.assay.alert;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An incident as each kind of receiver is told of it, and what happens when one does not listen. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class NotifiersIT extends AlertFlow {

    private static String base() {
        return "http://127.0.0.1:" + RECEIVER.port();
    }

    private static String receiver(TestProject project, String type, String path, String secret, String... fallback) {
        Map<String, Object> body =
                new HashMap<>(Map.of("name", type, "type", type, "url", base() + path, "self_alerts", false));
        if (!secret.isEmpty()) {
            body.put("secret", secret);
        }
        if (fallback.length > 0) {
            body.put("fallback", fallback[0]);
        }
        return project.asAdmin()
                .body(body)
                .post("/v1/receivers")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    /** Errors that fire and end; a label that tries to be markup. */
    private void fireAndResolve(TestProject project) {
        project.calls("chat <!channel> [x](http://x)", now - 60, now - 40, 100, 30);
        project.calls("chat <!channel> [x](http://x)", now - 40, now, 100, 0);
        project.tick(now - 50);
        awaitState(project, "error-rate", "firing");
        project.tick(now - 20);
        awaitState(project, "error-rate", "resolved");
        awaitNotifications(project, 2); // the webhook that each project has
    }

    private static List<LoggedRequest> awaitRequests(String path, int count) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(RECEIVER.findAll(postRequestedFor(urlEqualTo(path))))
                        .hasSize(count));
        return RECEIVER.findAll(postRequestedFor(urlEqualTo(path))).stream()
                .sorted(java.util.Comparator.comparing(LoggedRequest::getLoggedDate))
                .toList();
    }

    private static JsonPath body(LoggedRequest request) {
        return JsonPath.from(request.getBodyAsString());
    }

    @Test
    void slackIsToldInItsOwnFormAndItsUrlIsNeverShown() {
        try (TestProject project = project()) {
            String path = "/services/T0/B0/" + project.tenant;
            receiver(project, "slack", path, "");
            project.asReader()
                    .get("/v1/receivers")
                    .then()
                    .body("items.find { it.name == 'slack' }.url", equalTo("http://127.0.0.1/…"))
                    .body(not(containsString("/services/")));
            fireAndResolve(project);
            List<LoggedRequest> sent = awaitRequests(path, 2);
            assertThat(body(sent.get(0)).getString("text"))
                    .startsWith("[FIRING] Error rate (chat &lt;!channel&gt;")
                    .doesNotContain("<");
            assertThat(body(sent.get(0)).getList("attachments[0].fields.title", String.class))
                    .contains("Severity", "app", "error_rate", "Began", "Incident");
            assertThat(body(sent.get(1)).getString("text")).startsWith("[RESOLVED] ");
            assertThat(sent).extracting(one -> one.getHeader("Idempotency-Key")).doesNotHaveDuplicates();
        }
    }

    @Test
    void teamsIsToldByAnAdaptiveCard() {
        try (TestProject project = project()) {
            String path = "/workflows/" + project.tenant;
            receiver(project, "teams", path, "");
            fireAndResolve(project);
            List<LoggedRequest> sent = awaitRequests(path, 2);
            JsonPath card = body(sent.get(0));
            assertThat(card.getString("type")).isEqualTo("message");
            assertThat(card.getString("attachments[0].contentType"))
                    .isEqualTo("application/vnd.microsoft.card.adaptive");
            assertThat(card.getString("attachments[0].content.type")).isEqualTo("AdaptiveCard");
            assertThat(card.getString("attachments[0].content.body[0].text"))
                    .startsWith("Firing: Error rate (chat")
                    .doesNotContain("[", "]");
            assertThat(card.getList("attachments[0].content.body[1].facts.title", String.class))
                    .contains("Severity", "Began");
        }
    }

    @Test
    void opsgenieCreatesAcknowledgesAndClosesUnderTheIncidentsAlias() {
        try (TestProject project = project()) {
            String path = "/" + project.tenant + "-og/v2/alerts";
            receiver(project, "opsgenie", path, "genie-key");
            project.calls("chat", now - 60, now - 40, 100, 30);
            project.calls("chat", now - 40, now, 100, 0);
            project.tick(now - 50);
            awaitState(project, "error-rate", "firing");
            String incident = alert(project, "error-rate").getString("incident");
            LoggedRequest create = awaitRequests(path, 1).get(0);
            assertThat(create.getHeader("Authorization")).isEqualTo("GenieKey genie-key");
            assertThat(body(create).getString("alias")).isEqualTo(incident);
            assertThat(body(create).getString("priority")).isEqualTo("P1");
            assertThat(body(create).getString("message")).startsWith("Error rate (chat)");
            assertThat(body(create).getString("details.Project")).isEqualTo(project.tenant);

            project.asAdmin()
                    .body(Map.of("by", "Kim"))
                    .post("/v1/incidents/" + incident + "/acknowledge")
                    .then()
                    .statusCode(200);
            LoggedRequest acknowledged = awaitRequests(path + "/" + incident + "/acknowledge?identifierType=alias", 1)
                    .get(0);
            assertThat(body(acknowledged).getString("user")).isEqualTo("Kim");
            project.tick(now - 20);
            awaitRequests(path + "/" + incident + "/close?identifierType=alias", 1);
        }
    }

    @Test
    void alertmanagerIsToldOverItsApiAndWhenItEnds() {
        try (TestProject project = project()) {
            String path = "/" + project.tenant + "-am/api/v2/alerts";
            receiver(project, "alertmanager", path, "");
            fireAndResolve(project);
            List<LoggedRequest> sent = awaitRequests(path, 2);
            JsonPath firing = body(sent.get(0));
            assertThat(firing.getString("[0].labels.alertname")).isEqualTo("Error rate");
            assertThat(firing.getString("[0].labels.severity")).isEqualTo("critical");
            assertThat(firing.getString("[0].labels.project")).isEqualTo(project.tenant);
            assertThat(firing.getString("[0].labels.app")).startsWith("chat");
            assertThat(firing.getString("[0].labels.incident")).isNull();
            assertThat(firing.getString("[0].annotations.incident"))
                    .isEqualTo(alert(project, "error-rate").getString("incident"));
            assertThat(Instant.parse(firing.getString("[0].endsAt")))
                    .isAfter(Instant.now().plus(Duration.ofDays(6)));
            JsonPath resolved = body(sent.get(1));
            assertThat(resolved.getMap("[0].labels")).isEqualTo(firing.getMap("[0].labels"));
            assertThat(Instant.parse(resolved.getString("[0].endsAt"))).isBefore(Instant.now());
        }
    }

    @Test
    void aTestSaysThatItIsOneAndTellsHowItEnded() {
        try (TestProject project = project()) {
            String good = receiver(project, "slack", "/test-" + project.tenant, "");
            RECEIVER.stubFor(
                    post("/refused-" + project.tenant).willReturn(status(403).withBody("the secret answer")));
            String bad = receiver(project, "teams", "/refused-" + project.tenant, "");

            project.asAdmin()
                    .post("/v1/receivers/" + good + "/test")
                    .then()
                    .statusCode(200)
                    .body("delivered", equalTo(true))
                    .body("detail", equalTo("status 204"));
            assertThat(body(awaitRequests("/test-" + project.tenant, 1).get(0)).getString("text"))
                    .contains("A test of this receiver: nothing is wrong");
            project.asAdmin()
                    .post("/v1/receivers/" + bad + "/test")
                    .then()
                    .statusCode(200)
                    .body("delivered", equalTo(false))
                    .body("detail", startsWith("status 403"))
                    .body(not(containsString("secret answer")));
            project.asReader().post("/v1/receivers/" + good + "/test").then().statusCode(403);
            project.asAdmin().post("/v1/receivers/rcv-none/test").then().statusCode(404);
            try (TestProject other = project()) {
                other.asAdmin().post("/v1/receivers/" + good + "/test").then().statusCode(404);
            }
        }
    }

    @Test
    void theFallBackIsToldWhatAReceiverRefuses() {
        try (TestProject project = project()) {
            begin(project, now - 61);
            String second = "/second-" + project.tenant;
            String first = "/first-" + project.tenant;
            RECEIVER.stubFor(post(first).willReturn(status(400)));
            String slack = receiver(project, "slack", second, "");
            receiver(project, "teams", first, "", "slack");
            project.asReader()
                    .get("/v1/receivers")
                    .then()
                    .body("items.find { it.name == 'teams' }.fallback", equalTo(slack))
                    .body("items.find { it.name == 'slack' }.fallback", nullValue());
            String rule = project.asAdmin()
                    .body(Map.of(
                            "name",
                            "Only teams",
                            "metric",
                            "error_rate",
                            "op",
                            ">",
                            "threshold",
                            0.01,
                            "receivers",
                            List.of("teams")))
                    .post("/v1/rules")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            project.asAdmin()
                    .body(Map.of("name", "Error rate", "enabled", false, "metric", "error_rate", "threshold", 0.01))
                    .put("/v1/rules/error-rate")
                    .then()
                    .statusCode(200);
            project.calls("chat", now - 60, now - 30, 100, 30);
            project.tick(now - 50);
            awaitState(project, rule, "firing");
            awaitRequests(first, 1);
            assertThat(body(awaitRequests(second, 1).get(0)).getString("text")).startsWith("[FIRING] Only teams");
        }
    }

    @Test
    void aReceiverThatIsDownIsLeftAloneAfterFiveFailuresAndToldOnceItIsBack() {
        try (TestProject project = project()) {
            RECEIVER.stubFor(post(urlPathMatching("/down-" + project.tenant))
                    .atPriority(1)
                    .willReturn(status(503)));
            String id = receiver(project, "slack", "/down-" + project.tenant, "");
            for (int i = 0; i < 5; i++) {
                pool.preparedQuery("""
                    insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body)
                    values ($1, $2, 'firing', $3, 'slack', '{"rule":"r"}')""")
                        .execute(io.vertx.mutiny.sqlclient.Tuple.of(project.tenant, "inc-" + i, id))
                        .await()
                        .indefinitely();
            }
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(count(
                                    "select count(*) from delivery_attempt where tenant = $1 and detail like 'not"
                                            + " sent:%'",
                                    project))
                            .isPositive());
            RECEIVER.stubFor(post(anyUrl()).atPriority(1).willReturn(status(204)));
            await().atMost(Duration.ofSeconds(90))
                    .untilAsserted(() -> assertThat(count(
                                    "select count(*) from delivery where tenant = $1 and state = 'delivered'", project))
                            .isEqualTo(5));
        } finally {
            RECEIVER.resetMappings();
        }
    }
}
