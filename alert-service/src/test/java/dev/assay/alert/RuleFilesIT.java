package dev.assay.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules as YAML, by the API and from files; exported for Prometheus; backtested against what was found live. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class RuleFilesIT extends AlertFlow {
    private static final String YAML = """
        rules:
        - name: Errors of chat
          metric: error_rate
          filters: {app: chat}
          window: 2m
          op: ">"
          threshold: 0.2
          for: 2m
        - id: error-rate
          name: Error rate
          metric: error_rate
          threshold: 0.5
          enabled: false
        """;

    @Test
    void yamlIsKeptWholeOrNotAtAll() {
        try (TestProject project = project()) {
            TestProject.yaml(project.asAdmin(), YAML)
                    .post("/v1/rules")
                    .then()
                    .statusCode(201)
                    .body("items", hasSize(2));
            TestProject.yaml(project.asAdmin(), YAML).post("/v1/rules").then().statusCode(201);
            project.asReader()
                    .get("/v1/rules")
                    .then()
                    .body("items", hasSize(15))
                    .body("items.find { it.id == 'error-rate' }.enabled", equalTo(false));
            TestProject.yaml(
                            project.asAdmin(),
                            YAML.replace("Errors of chat", "Another").replace("threshold: 0.5", "threshold: 5"))
                    .post("/v1/rules")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("rules[1].threshold"))
                    .body("detail", containsString("rule Error rate"));
            project.asReader().get("/v1/rules").then().body("items.name", not(hasItem("Another")));
            TestProject.yaml(project.asReader(), YAML).post("/v1/rules").then().statusCode(403);
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".tmp");
        Files.writeString(draft, text);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void aFileIsFollowedAndAFaultyOneChangesNothing() throws IOException {
        try (TestProject project = project()) {
            Path file = StackResource.RULES.resolve(project.tenant + ".yaml");
            String text = "project: " + project.tenant + "\n" + YAML;
            write(file, text);
            await().atMost(SOON)
                    .untilAsserted(() ->
                            project.asReader().get("/v1/rules").then().body("items.name", hasItem("Errors of chat")));

            write(file, text.replace("window: 2m", "window: 2"));
            write(
                    StackResource.RULES.resolve("z-" + project.tenant + ".yaml"),
                    "project: " + project.tenant
                            + "\nrules:\n- {name: Later, metric: calls, threshold: 1}\n"); // read after the faulty one
            await().atMost(SOON)
                    .untilAsserted(() -> project.asReader()
                            .get("/v1/rules")
                            .then()
                            .body("items.name", hasItem("Later"))
                            .body("items.find { it.name == 'Errors of chat' }.window", equalTo("2m")));

            write(file, text.replace("Errors of chat", "Errors of talk"));
            await().atMost(SOON)
                    .untilAsserted(() -> project.asReader()
                            .get("/v1/rules")
                            .then()
                            .body("items.name", hasItem("Errors of talk"))
                            .body("items.name", not(hasItem("Errors of chat"))));
            Files.delete(file);
        }
    }

    @Test
    void rulesAreExportedForPrometheusWithWhatItScrapes() {
        try (TestProject project = project()) {
            project.calls("chat", now - 30, now, 100, 30);
            project.tick(now);
            awaitState(project, "error-rate", "firing");
            project.asReader().get("/v1/rules/export").then().statusCode(200).body(startsWith("groups:"));
            project.asReader()
                    .get("/v1/rules/export?format=kubernetes")
                    .then()
                    .body(containsString("kind: \"PrometheusRule\""));
            project.asReader()
                    .get("/v1/rules/export?format=x")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("format"));
            String scraped = project.asReader()
                    .get("/v1/alerts/metrics")
                    .then()
                    .statusCode(200)
                    .contentType(startsWith("text/plain"))
                    .extract()
                    .asString();
            assertThat(scraped.lines())
                    .contains(
                            "assay_alert_value{project=\"" + project.tenant + "\",rule_id=\"error-rate\",app=\"chat\"} "
                                    + alert(project, "error-rate").getDouble("value"));
        }
    }

    @Test
    void aBacktestFindsWhatWasFoundLive() {
        try (TestProject project = project()) {
            begin(project, now - 300);
            // live, in steps as ticks come: two incidents of chat, one of search
            project.calls("chat", now - 300, now, 100, 0);
            project.calls("search", now - 300, now, 100, 0);
            project.tick(now - 290);
            awaitState(project, "error-rate", "inactive");
            project.calls("chat", now - 250, now - 230, 100, 40);
            project.calls("chat", now - 150, now - 145, 100, 1); // at the limit: nothing
            project.calls("chat", now - 100, now - 80, 100, 10);
            project.calls("search", now - 60, now - 30, 100, 5);
            for (long minute = now - 280; minute <= now; minute += 40) {
                project.tick(minute);
                awaitEvaluated(project, "error-rate", minute);
            }
            var live = project.asReader().get("/v1/incidents").jsonPath();
            List<String> began = live.getList("items.findAll { it.rule_id == 'error-rate' }.fired_at", String.class);
            assertThat(began).hasSize(3);

            var tested = project.asReader()
                    .body("""
                        {"rule_id":"error-rate","from":"%s","to":"%s","pages_per_week":40,
                         "incidents":[{"starts_at":"%s","ends_at":"%s","labels":{"app":"chat"}},
                                      {"starts_at":"%s","ends_at":"%s"}]}""".formatted(
                                    minute(now - 295),
                                    minute(now),
                                    minute(now - 250),
                                    minute(now - 230),
                                    minute(now - 200),
                                    minute(now - 190)))
                    .post("/v1/backtests")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(tested.getInt("pages")).isEqualTo(3);
            assertThat(tested.getList("items.fired_at", String.class)).containsExactlyInAnyOrderElementsOf(began);
            assertThat(tested.getList("items.ends_at", String.class))
                    .containsExactlyInAnyOrderElementsOf(
                            live.getList("items.findAll { it.rule_id == 'error-rate' }.ends_at", String.class));
            assertThat(tested.getDouble("precision")).isEqualTo(1 / 3.0, org.assertj.core.api.Assertions.within(1e-6));
            assertThat(tested.getDouble("recall")).isEqualTo(0.5);
            assertThat(tested.getDouble("suggestion.pages_per_week")).isLessThanOrEqualTo(40);
            assertThat(tested.getDouble("suggestion.rule.threshold")).isGreaterThan(0.01);
        }
    }

    @Test
    void aRuleThatIsSavedSaysWhatItWouldHaveDone() {
        try (TestProject project = project()) {
            project.calls("chat", now - 100, now, 100, 0);
            project.calls("chat", now - 70, now - 60, 100, 20);
            project.tick(now);
            awaitEvaluated(project, "error-rate", now);
            String rule = """
                    {"name":"Some errors","metric":"error_rate","group_by":["app"],"threshold":0.05,"min_samples":20}""";
            project.asAdmin()
                    .body(rule)
                    .post("/v1/rules?backtest=2h&pages_per_week=0&dry_run=true")
                    .then()
                    .statusCode(200)
                    .body("threshold", equalTo(0.05f))
                    .body("backtest.pages", equalTo(1))
                    .body("backtest.items[0].labels.app", equalTo("chat"))
                    .body("backtest.suggestion.pages_per_week", equalTo(0.0f))
                    .body("backtest.suggestion.rule.threshold", greaterThanOrEqualTo(0.05f));
            project.asReader().get("/v1/rules").then().body("items.name", not(hasItem("Some errors")));

            String id = project.asAdmin()
                    .body(rule)
                    .post("/v1/rules?backtest=2h")
                    .then()
                    .statusCode(201)
                    .body("backtest.pages", equalTo(1))
                    .body("backtest.suggestion", nullValue())
                    .extract()
                    .path("id");
            project.asAdmin().body(rule).post("/v1/rules?dry_run=true").then().statusCode(409);
            project.asAdmin()
                    .body(rule.replace("0.05", "0.5"))
                    .put("/v1/rules/" + id + "?backtest=2h")
                    .then()
                    .statusCode(200)
                    .body("backtest.pages", equalTo(0));
            project.asReader().get("/v1/rules/" + id).then().body("$", not(hasKey("backtest")));

            for (String wrong : List.of("backtest=1m", "backtest=1w3d10h40m2000d", "backtest=soon")) {
                project.asAdmin()
                        .body(rule)
                        .post("/v1/rules?" + wrong)
                        .then()
                        .statusCode(400)
                        .body("field", equalTo("backtest"));
            }
            project.asAdmin()
                    .body(rule)
                    .post("/v1/rules?pages_per_week=1")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("pages_per_week"));
            project.asAdmin()
                    .body(rule)
                    .post("/v1/rules?dry_run=maybe")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("dry_run"));
        }
    }

    private static String minute(long minute) {
        return java.time.Instant.ofEpochSecond(minute * 60).toString();
    }

    @Test
    void aBacktestThatCannotBeIsRefusedByField() {
        try (TestProject project = project()) {
            project.asReader()
                    .body("{}")
                    .post("/v1/backtests")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("rule"));
            project.asReader()
                    .body("{\"rule\":{\"name\":\"x\",\"metric\":\"calls\",\"threshold\":-1}}")
                    .post("/v1/backtests")
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("rule.threshold"));
            project.asReader()
                    .body(
                            "{\"rule_id\":\"error-rate\",\"from\":\"2026-01-01T00:00:00Z\",\"to\":\"2026-03-01T00:00:00Z\"}")
                    .post("/v1/backtests")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("from"));
            project.asReader()
                    .body("{\"rule_id\":\"none\"}")
                    .post("/v1/backtests")
                    .then()
                    .statusCode(404);
        }
    }
}
