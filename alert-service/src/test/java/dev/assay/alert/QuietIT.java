package dev.assay.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Silences, maintenance windows and inhibition: what keeps alerts from being told, and until when. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class QuietIT extends AlertFlow {
    @Test
    void aSilenceKeepsQuietAndItsEndTellsWhatStillHolds() {
        try (TestProject project = project()) {
            String silence = project.asAdmin()
                    .body(Map.of(
                            "matchers", List.of(matcher("app", "ch*")),
                            "ends_at", Instant.now().plusSeconds(3_600).toString(),
                            "comment", "deploying"))
                    .post("/v1/silences")
                    .then()
                    .statusCode(201)
                    .body("state", equalTo("active"))
                    .extract()
                    .path("id");
            String incident = firing(project);
            project.asReader()
                    .get("/v1/incidents/" + incident)
                    .then()
                    .body("paged", equalTo(false))
                    .body("timeline.reason", equalTo(List.of("silenced")));
            project.tick(now - 20);
            awaitEvaluated(project, "error-rate", now - 20);
            assertThat(notifications(project)).isEmpty();

            project.asAdmin().delete("/v1/silences/" + silence).then().statusCode(204);
            project.tick(now - 10);
            awaitNotifications(project, 1);
            project.asReader()
                    .get("/v1/incidents/" + incident)
                    .then()
                    .body("paged", equalTo(true))
                    .body("timeline.kind", equalTo(List.of("opened", "told")));
            project.asAdmin().delete("/v1/silences/" + silence).then().statusCode(404);
        }
    }

    @Test
    void aFiringAlertInhibitsAnother() {
        try (TestProject project = project()) {
            project.asAdmin()
                    .body(Map.of(
                            "source_matchers", List.of(matcher("severity", "critical")),
                            "target_matchers", List.of(matcher("severity", "low")),
                            "equal", List.of("app")))
                    .post("/v1/inhibitions")
                    .then()
                    .statusCode(201);
            begin(project, now - 61);
            String low = project.asAdmin()
                    .body(Map.of(
                            "name",
                            "Some errors",
                            "metric",
                            "error_rate",
                            "group_by",
                            List.of("app"),
                            "op",
                            ">",
                            "threshold",
                            0.001,
                            "severity",
                            "low"))
                    .post("/v1/rules")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("id");
            project.calls("search", now - 60, now, 1_000, 5);
            firing(project);
            awaitNotifications(project, 2); // error-rate of chat, and "Some errors" of search
            assertThat(notifications(project))
                    .extracting(request -> {
                        JsonPath body = JsonPath.from(request.getBodyAsString());
                        return body.getString("rule") + " " + body.getString("labels.app");
                    })
                    .containsExactlyInAnyOrder("Error rate chat", "Some errors search");
            project.asReader()
                    .get("/v1/incidents")
                    .then()
                    .body("items.findAll { it.rule_id == '" + low + "' }.paged", hasItem(false));
        }
    }

    @Test
    void aSilenceThatIsWrongIsRefusedByField() {
        try (TestProject project = project()) {
            project.asAdmin()
                    .body("{}")
                    .post("/v1/silences")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("matchers"));
            project.asAdmin()
                    .body(Map.of("matchers", List.of(matcher("app", "x"))))
                    .post("/v1/silences")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("ends_at"));
            project.asAdmin()
                    .body(Map.of(
                            "matchers",
                            List.of(matcher("app", "x")),
                            "ends_at",
                            "2020-01-01T00:00:00Z",
                            "starts_at",
                            "2019-01-01T00:00:00Z"))
                    .post("/v1/silences")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("ends_at"));
            project.asAdmin()
                    .body(Map.of(
                            "matchers", List.of(matcher("app", "x")),
                            "schedule", Map.of("days", List.of("someday"), "from", "22:00", "to", "02:00")))
                    .post("/v1/silences")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("schedule.days"));
            String window = project.asAdmin()
                    .body(Map.of(
                            "matchers", List.of(matcher("app", "x")),
                            "schedule",
                                    Map.of(
                                            "days",
                                            List.of("sat"),
                                            "from",
                                            "22:00",
                                            "to",
                                            "02:00",
                                            "timezone",
                                            "Europe/Berlin")))
                    .post("/v1/silences")
                    .then()
                    .statusCode(201)
                    .body("schedule.timezone", equalTo("Europe/Berlin"))
                    .extract()
                    .path("id");
            try (TestProject other = project()) {
                other.asReader().get("/v1/silences").then().body("items.id", not(hasItem(window)));
                other.asAdmin().delete("/v1/silences/" + window).then().statusCode(404);
            }
            project.asReader().get("/v1/silences").then().body("items.id", hasItem(window));
            project.asReader().delete("/v1/silences/" + window).then().statusCode(403);
        }
    }
}
