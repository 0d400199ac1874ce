package dev.assay.alert;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Notifications that a receiver gets together. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class GroupingIT extends AlertFlow {
    private static String grouped(TestProject project, Map<String, Object> grouping) {
        return grouped(project, grouping, "");
    }

    private static String grouped(TestProject project, Map<String, Object> grouping, String fallback) {
        return project.asAdmin()
                .body(Map.of(
                        "name",
                        "grouped",
                        "type",
                        "webhook",
                        "url",
                        "http://127.0.0.1:" + RECEIVER.port() + "/grouped-" + project.tenant,
                        "self_alerts",
                        false,
                        "fallback",
                        fallback,
                        "grouping",
                        grouping))
                .post("/v1/receivers")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static List<JsonPath> told(TestProject project) {
        return RECEIVER.findAll(postRequestedFor(urlEqualTo("/grouped-" + project.tenant))).stream()
                .sorted(Comparator.comparing(request -> request.getLoggedDate()))
                .map(request -> JsonPath.from(request.getBodyAsString()))
                .toList();
    }

    private static void awaitTold(TestProject project, String... states) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(told(project))
                        .extracting(body -> body.getString("state"))
                        .containsExactly(states));
    }

    /** Three apps that fail, found by one evaluation. */
    private void threeFail(TestProject project) {
        for (String app : List.of("chat", "search", "mail")) {
            project.calls(app, now - 60, now, 100, 30);
        }
        project.tick(now - 30);
        awaitNotifications(project, 3); // the other receiver, which does not group
    }

    @Test
    void severalAreToldInOneAndTheirEndsInAnother() {
        try (TestProject project = project()) {
            grouped(project, Map.of("group_by", List.of("rule"), "group_wait", "2s", "group_interval", "1s"));
            threeFail(project);
            awaitTold(project, "firing");
            JsonPath digest = told(project).get(0);
            assertThat(digest.getList("alerts.labels.app")).containsExactlyInAnyOrder("chat", "search", "mail");
            assertThat(digest.getString("rule")).isEqualTo("Error rate");
            assertThat(digest.getString("summary")).startsWith("3 firing: ");
            assertThat(digest.getString("alerts[0].acknowledge_url")).contains("/v1/acknowledge/");
            assertThat(count("select count(*) from delivery where tenant = $1 and state = 'grouped'", project))
                    .isEqualTo(3);
            project.asReader()
                    .get("/v1/incidents/" + digest.getString("alerts[0].incident"))
                    .then()
                    .body("deliveries.find { it.receiver == 'grouped' }.state", equalTo("grouped"))
                    .body("deliveries.find { it.receiver == 'grouped' }.detail", containsString("told within grp-"));

            for (String app : List.of("chat", "search", "mail")) {
                project.calls(app, now - 20, now, 100, 0);
            }
            project.tick(now);
            awaitTold(project, "firing", "resolved");
            assertThat(told(project).get(1).getList("alerts.state"))
                    .containsExactly("resolved", "resolved", "resolved");
            awaitNotifications(project, 6);
        }
    }

    /** PagerDuty as the fall-back of the one that groups, and told nothing else. */
    private void withPagerDutyBehind(TestProject project, Map<String, Object> grouping) {
        begin(project, now - 61);
        addPagerDuty(project);
        grouped(project, grouping, "pd");
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
                        List.of("grouped", "hook")))
                .put("/v1/rules/error-rate")
                .then()
                .statusCode(200);
    }

    private static List<String> pagerDuty(TestProject project) {
        return RECEIVER.findAll(postRequestedFor(urlEqualTo("/pd-" + project.tenant))).stream()
                .map(request -> JsonPath.from(request.getBodyAsString()))
                .map(event -> event.getString("event_action") + " " + event.getString("dedup_key"))
                .toList();
    }

    @Test
    void ofADigestThatIsRefusedTheFallBackIsToldEachIncidentByItself() {
        try (TestProject project = project()) {
            RECEIVER.stubFor(post("/grouped-" + project.tenant).atPriority(1).willReturn(status(400)));
            withPagerDutyBehind(project, Map.of("group_wait", "2s", "group_interval", "1s"));
            threeFail(project);
            List<String> incidents = notifications(project).stream()
                    .map(request -> JsonPath.from(request.getBodyAsString()).getString("incident"))
                    .toList();
            List<String> expected = new ArrayList<>();
            incidents.forEach(incident -> expected.add("trigger " + incident));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(pagerDuty(project)).containsExactlyInAnyOrderElementsOf(expected));

            for (String app : List.of("chat", "search", "mail")) {
                project.calls(app, now - 20, now, 100, 0);
            }
            project.tick(now);
            incidents.forEach(incident -> expected.add("resolve " + incident));
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(pagerDuty(project)).containsExactlyInAnyOrderElementsOf(expected));
        }
    }

    @Test
    void ofARepetitionThatIsRefusedTheFallBackIsToldWhatFires() {
        try (TestProject project = project()) {
            withPagerDutyBehind(project, Map.of("group_wait", "0s", "repeat_interval", "1h"));
            String incident = firing(project);
            awaitTold(project, "firing");
            assertThat(pagerDuty(project)).isEmpty();
            RECEIVER.stubFor(post("/grouped-" + project.tenant).atPriority(1).willReturn(status(400)));
            change("update notification_group set told_time = now() - interval '1 hour' where tenant = $1", project);
            await().atMost(SOON)
                    .untilAsserted(() -> assertThat(pagerDuty(project)).containsExactly("trigger " + incident));
        }
    }

    @Test
    void whatIsOverTheRateWaitsAndIsNotLost() {
        try (TestProject project = project()) {
            grouped(project, Map.of("group_by", List.of("app"), "group_wait", "2s", "rate_limit", 1));
            threeFail(project);
            awaitTold(project, "firing"); // three groups, and room for one notification: a digest
            assertThat(told(project).get(0).getList("alerts")).hasSize(3);

            for (String app : List.of("chat", "search", "mail")) {
                project.calls(app, now - 20, now, 100, 0);
            }
            project.tick(now);
            awaitNotifications(project, 6);
            assertThat(count(
                            "select count(*) from delivery where tenant = $1 and state = 'queued' and released_time is null",
                            project))
                    .isEqualTo(3);
            change(
                    "update delivery set released_time = released_time - interval '10 minutes' where tenant = $1",
                    project);
            awaitTold(project, "firing", "resolved");
            assertThat(told(project).get(1).getList("alerts")).hasSize(3);
        }
    }

    @Test
    void whatStillFiresIsRepeatedUntilSomebodyAcknowledges() {
        try (TestProject project = project()) {
            grouped(project, Map.of("group_wait", "0s", "repeat_interval", "1h"));
            String incident = firing(project);
            awaitTold(project, "firing");
            String hourAgo = "update notification_group set told_time = now() - interval '1 hour' where tenant = $1";
            change(hourAgo, project);
            awaitTold(project, "firing", "firing");
            assertThat(told(project).get(1).getBoolean("repeated")).isTrue();
            assertThat(told(project).get(1).getString("alerts[0].incident")).isEqualTo(incident);

            project.asAdmin()
                    .post("/v1/incidents/" + incident + "/acknowledge")
                    .then()
                    .statusCode(200);
            change(hourAgo, project);
            project.calls("chat", now - 20, now, 100, 0);
            project.tick(now);
            awaitTold(project, "firing", "firing", "resolved"); // and nothing between
        }
    }

    @Test
    void whatIsWrongWithAGroupingIsNamed() {
        try (TestProject project = project()) {
            Map<String, Object> receiver = new HashMap<>(Map.of(
                    "name",
                    "x",
                    "type",
                    "webhook",
                    "url",
                    "http://127.0.0.1:" + RECEIVER.port() + "/x",
                    "secret",
                    "s"));
            receiver.put("grouping", Map.of("group_wait", "1d"));
            refused(project, receiver, "grouping.group_wait");
            receiver.put("grouping", Map.of("group_by", List.of("App")));
            refused(project, receiver, "grouping.group_by");
            receiver.put("grouping", Map.of("every", "1m"));
            refused(project, receiver, "grouping");
            receiver.put("grouping", Map.of("group_wait", "30s"));
            receiver.put("type", "pagerduty");
            refused(project, receiver, "grouping");
            receiver.remove("grouping");
            project.asAdmin()
                    .body(receiver)
                    .post("/v1/receivers")
                    .then()
                    .statusCode(201)
                    .body("grouping", nullValue());
        }
    }

    private static void refused(TestProject project, Map<String, Object> receiver, String field) {
        project.asAdmin()
                .body(receiver)
                .post("/v1/receivers")
                .then()
                .statusCode(422)
                .body("field", equalTo(field));
    }
}
