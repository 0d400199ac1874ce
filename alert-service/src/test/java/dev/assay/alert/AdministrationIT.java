package dev.assay.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules and receivers over the API, and the walls between projects. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class AdministrationIT {
    @Inject
    Pool pool;

    @Inject
    @ReactiveDataSource("reader")
    Pool readers;

    private TestProject project;

    @BeforeEach
    void create() {
        project = newProject();
    }

    private static TestProject newProject() {
        TestProject created = new TestProject(false);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> created.asReader().get("/v1/rules").then().statusCode(200));
        return created;
    }

    @AfterEach
    void close() {
        project.close();
    }

    private static Map<String, Object> webhook(String name) {
        return Map.of("name", name, "type", "webhook", "url", "http://127.0.0.1:9999/x", "secret", "the-secret");
    }

    @Test
    void aRuleIsMadeReadChangedAndDeleted() {
        String id = project.asAdmin()
                .body("""
                    {"name":"Slow","metric":"latency_p95_ms","filters":{"app":"chat","model":["a","b"]},
                     "group_by":["model"],"window":"15m","op":">","baseline":"moving_median","factor":1.5,
                     "for":"10m","keep_firing_for":"5m","min_samples":20,"severity":"high","receivers":[]}""")
                .post("/v1/rules")
                .then()
                .statusCode(201)
                .body("filters.app", equalTo(java.util.List.of("chat")))
                .body("for", equalTo("10m"))
                .body("enabled", equalTo(true))
                .extract()
                .path("id");
        project.asReader()
                .get("/v1/rules/" + id)
                .then()
                .statusCode(200)
                .body("name", equalTo("Slow"))
                .body("factor", equalTo(1.5f))
                .body("threshold", nullValue());
        project.asAdmin()
                .body(Map.of("name", "Slower", "metric", "latency_p95_ms", "op", ">", "threshold", 900))
                .put("/v1/rules/" + id)
                .then()
                .statusCode(200)
                .body("threshold", equalTo(900.0f))
                .body("window", equalTo("5m"));
        project.asReader().get("/v1/rules").then().body("items", hasSize(15)).body("items.name", hasItem("Slower"));
        project.asAdmin().delete("/v1/rules/" + id).then().statusCode(204);
        project.asReader().get("/v1/rules/" + id).then().statusCode(404);
        project.asAdmin().delete("/v1/rules/" + id).then().statusCode(404);
    }

    @Test
    void aDefaultRuleIsChangedUnderItsIdAndBroughtBack() {
        project.asAdmin().delete("/v1/rules/error-rate").then().statusCode(409);
        project.asAdmin()
                .body(Map.of("name", "Error rate", "metric", "error_rate", "op", ">", "threshold", 0.05, "for", "1m"))
                .put("/v1/rules/error-rate")
                .then()
                .statusCode(200)
                .body("built_in", equalTo(true))
                .body("threshold", equalTo(0.05f));
        project.asReader().get("/v1/rules").then().body("items", hasSize(14));
        project.asAdmin().delete("/v1/rules/error-rate").then().statusCode(204);
        project.asReader().get("/v1/rules/error-rate").then().body("threshold", equalTo(0.01f));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "metric | \"metric\":\"latency\"",
                "metric | \"metric\":null",
                "metric | \"metric\":\"active_users\"",
                "window | \"metric\":\"uptime_ratio\",\"window\":\"2h\"",
                "min_coverage | \"min_coverage\":1.5",
                "compare | \"compare\":\"low\"",
                "clear_threshold | \"clear_threshold\":0.9",
                "anomaly_score | \"threshold\":null,\"anomaly_score\":-1,\"window\":\"15m\"",
                "factor | \"threshold\":null,\"anomaly_score\":3,\"factor\":2,\"window\":\"15m\"",
                "window | \"threshold\":null,\"baseline\":\"same_hour\",\"factor\":2,\"window\":\"2h\"",
                "objective | \"threshold\":null,\"burn_rate\":14.4,\"window\":\"1h\"",
                "objective | \"threshold\":null,\"burn_rate\":14.4,\"objective\":1,\"window\":\"1h\"",
                "short_window | \"threshold\":null,\"burn_rate\":14.4,\"objective\":0.99,\"window\":\"5m\"",
                "burn_rate | \"metric\":\"calls\",\"threshold\":null,\"burn_rate\":14.4,\"objective\":0.99",
                "labels | \"labels\":{\"Team\":\"x\"}",
                "runbook | \"runbook\":\"javascript:alert(1)\"",
                "escalation | \"escalation\":[{\"after\":\"10s\",\"receivers\":[\"x\"]}]",
                "escalation | \"escalation\":[{\"after\":\"10m\",\"receivers\":[]}]",
                "escalation | \"escalation\":[{\"after\":\"10m\",\"receivers\":[\"nobody\"]}]",
                "summary | \"summary\":\"{{secret}}\"",
                "op | \"op\":\"=>\"",
                "threshold | \"threshold\":-0.1",
                "threshold | \"threshold\":5",
                "threshold | \"threshold\":\"0.5\"",
                "threshold | \"threshold\":null",
                "for | \"for\":\"5\"",
                "for | \"for\":\"30d\"",
                "for | \"for\":5",
                "window | \"window\":\"0m\"",
                "window | \"window\":\"90s\"",
                "window | \"threshold\":null,\"baseline\":\"moving_median\",\"factor\":2,\"window\":\"5m\"",
                "threshold | \"baseline\":\"moving_median\",\"factor\":2,\"window\":\"15m\"",
                "baseline | \"threshold\":null,\"baseline\":\"median\",\"factor\":2,\"window\":\"15m\"",
                "factor | \"threshold\":null,\"baseline\":\"moving_median\",\"window\":\"15m\"",
                "factor | \"threshold\":null,\"baseline\":\"moving_median\",\"factor\":0,\"window\":\"15m\"",
                "factor | \"factor\":2",
                "group_by | \"group_by\":[\"user\"]",
                "group_by | \"group_by\":[\"app\",\"app\"]",
                "group_by | \"group_by\":\"app\"",
                "filters.user | \"filters\":{\"user\":\"x\"}",
                "filters | \"filters\":[]",
                "min_samples | \"min_samples\":-1",
                "min_samples | \"min_samples\":1.5",
                "severity | \"severity\":\"urgent\"",
                "no_data | \"no_data\":\"maybe\"",
                "receivers | \"receivers\":[\"nobody\"]",
                "enabled | \"enabled\":\"yes\"",
                "name | \"name\":\" \"",
                "treshold | \"treshold\":1",
            })
    void aRuleThatIsWrongIsRefusedByField(String field, String change) {
        // later fields of the same name win in JSON
        String body = "{\"name\":\"n\",\"metric\":\"error_rate\",\"op\":\">\",\"threshold\":0.5," + change + "}";
        project.asAdmin()
                .body(body)
                .post("/v1/rules")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("field", equalTo(field))
                .body("detail", containsString(field));
    }

    @Test
    void malformedAndMissingBodiesAreBadRequests() {
        for (String body : new String[] {"{", "[]", "\"x\"", "null", ""}) {
            project.asAdmin().body(body).post("/v1/rules").then().statusCode(400);
        }
        project.asAdmin().body("{").post("/v1/receivers").then().statusCode(400);
    }

    @Test
    void namesAreUniqueInAProject() {
        project.asAdmin().body(webhook("hook")).post("/v1/receivers").then().statusCode(201);
        project.asAdmin().body(webhook("hook")).post("/v1/receivers").then().statusCode(409);
        Map<String, Object> rule = Map.of("name", "mine", "metric", "calls", "op", "<", "threshold", 1);
        project.asAdmin().body(rule).post("/v1/rules").then().statusCode(201);
        project.asAdmin().body(rule).post("/v1/rules").then().statusCode(409);
    }

    @Test
    void aSecretIsSealedAndNeverComesOut() {
        String id = project.asAdmin()
                .body(webhook("hook"))
                .post("/v1/receivers")
                .then()
                .statusCode(201)
                .body("secret", nullValue())
                .body("id", notNullValue())
                .extract()
                .path("id");
        project.asReader()
                .get("/v1/receivers")
                .then()
                .statusCode(200)
                .body("items.id", hasItem(id))
                .body(not(containsString("the-secret")));
        byte[] kept = pool.preparedQuery("select secret from receiver where tenant = $1")
                .execute(Tuple.of(project.tenant))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getBuffer(0)
                .getBytes();
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("the-secret");
        project.asAdmin()
                .body(Map.of("name", "made", "type", "webhook", "url", "http://127.0.0.1:9999/"))
                .post("/v1/receivers")
                .then()
                .statusCode(201)
                .body("secret", matchesPattern("[0-9a-f]{64}"));
        project.asAdmin().delete("/v1/receivers/" + id).then().statusCode(204);
        project.asAdmin().delete("/v1/receivers/" + id).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://10.0.0.1/", "http://192.168.1.1/", "http://172.16.0.1/", "http://169.254.169.254/latest",
                "http://[::1]:8080/", "http://[::ffff:127.0.0.1]/", "http://[fd00::1]/", "http://2130706433/",
                "http://0x7f000001/", "http://0177.0.0.1/", "http://127.1/", "http://0.0.0.0:8080/",
                "http://localhost:8080/", "ftp://example.com/", "file:///etc/passwd", "http://127.0.0.1:22/",
                "http://user:pw@127.0.0.1:8080/", "", "nonsense"
            })
    void aReceiverThatLeadsIntoTheHouseIsRefused(String url) {
        project.asAdmin()
                .body(Map.of("name", "hook", "type", "webhook", "url", url, "secret", "s"))
                .post("/v1/receivers")
                .then()
                .statusCode(422)
                .body("field", equalTo("url"));
    }

    @ParameterizedTest
    @CsvSource({"type, carrier-pigeon", "type, ''", "name, ''", "secret, ''"})
    void aReceiverThatIsWrongIsRefusedByField(String field, String value) {
        Map<String, Object> body = new java.util.HashMap<>(webhook("hook"));
        body.put("type", "pagerduty");
        body.put(field, value);
        project.asAdmin()
                .body(body)
                .post("/v1/receivers")
                .then()
                .statusCode(422)
                .body("field", equalTo(field));
    }

    @Test
    void badQueriesNameTheParameter() {
        project.asReader()
                .get("/v1/alerts?state=burning")
                .then()
                .statusCode(400)
                .body("field", equalTo("state"));
        project.asReader().get("/v1/alerts?limit=0").then().statusCode(400).body("field", equalTo("limit"));
        project.asReader().get("/v1/alerts?cursor=!").then().statusCode(400).body("field", equalTo("cursor"));
        project.asReader().get("/v1/alerts/inc-none").then().statusCode(404);
        String next = project.asReader()
                .get("/v1/alerts?limit=5")
                .then()
                .body("items", hasSize(5))
                .extract()
                .path("next_cursor");
        project.asReader()
                .get("/v1/alerts?limit=5&cursor=" + next)
                .then()
                .body("items", hasSize(5))
                .body("next_cursor", notNullValue());
        project.asReader().get("/v1/alerts?state=no_data,firing").then().body("items", hasSize(14));
    }

    @Test
    void keysOpenWhatTheirScopesSay() {
        RestAssured.get("/v1/alerts").then().statusCode(401);
        RestAssured.given()
                .header("Authorization", "Bearer assay_abcdefgh_" + "x".repeat(43))
                .get("/v1/rules")
                .then()
                .statusCode(401);
        project.asReader().body(webhook("hook")).post("/v1/receivers").then().statusCode(403);
        project.asReader().delete("/v1/rules/error-rate").then().statusCode(403);
        RestAssured.get("/q/metrics").then().statusCode(404);
    }

    @ParameterizedTest(name = "{0} {1} needs {2}")
    @CsvSource({
        "GET, /v1/schedules, read",
        "GET, /v1/schedules/x, read",
        "GET, /v1/schedules/x/on-call, read",
        "POST, /v1/schedules, admin",
        "PUT, /v1/schedules/x, admin",
        "DELETE, /v1/schedules/x, admin",
        "POST, /v1/schedules/x/overrides, admin",
        "DELETE, /v1/schedules/x/overrides/y, admin",
        "GET, /v1/escalation-policies, read",
        "GET, /v1/escalation-policies/x, read",
        "POST, /v1/escalation-policies, admin",
        "PUT, /v1/escalation-policies/x, admin",
        "DELETE, /v1/escalation-policies/x, admin",
        "PUT, /v1/receivers/x/webhook-secret, admin",
        "POST, /v1/rules?dry_run=true, admin",
    })
    void aKeyOpensWhatItsScopesSayOfOnCallToo(String method, String path, String scope) {
        String body = method.equals("GET") || method.equals("DELETE") ? "" : "{}";
        RestAssured.given()
                .contentType("application/json")
                .body(body)
                .request(method, path)
                .then()
                .statusCode(401);
        int asReader = project.asReader().body(body).request(method, path).statusCode();
        int asAdmin = project.asAdmin().body(body).request(method, path).statusCode();
        if (scope.equals("admin")) {
            assertThat(asReader).isEqualTo(403);
        } else {
            assertThat(asReader).isIn(200, 404).isEqualTo(asAdmin);
        }
        assertThat(asAdmin).isIn(200, 404, 422); // there is no x, and no rule or schedule without a name
    }

    @Test
    void everyTableOfProjectsShowsAReaderItsOwnRowsAlone() {
        for (String row : new String[] {
            "schedule values ($1, 's', 's', '{}')",
            "schedule_override (tenant, schedule_id, override_id, person, starts_time, ends_time)"
                    + " values ($1, 's', 'o', 'p', now(), now() + interval '1 hour')",
            "escalation_policy values ($1, 'e', 'e', '{}')",
            "page values ($1, 'inc-x', 'firing', '{}', 'e', 0, now() + interval '1 day')",
            "self_alert values ($1, 'delivery_late', 'x', '', now(), false)",
            "notification_group values ($1, 'r', '', now(), '{}')",
            "inbound_event values ($1, 'r', 'e')",
        }) {
            pool.preparedQuery("insert into " + row)
                    .execute(Tuple.of(project.tenant))
                    .await()
                    .indefinitely();
        }
        List<String> tables = new ArrayList<>();
        pool.query("""
                        select c.relname, c.relrowsecurity and c.relforcerowsecurity from pg_class c
                        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant'
                        where c.relkind in ('r', 'p') and c.relnamespace = current_schema()::regnamespace""").execute().await().indefinitely().forEach(row -> {
            assertThat(row.getBoolean(1)).as(row.getString(0)).isTrue();
            tables.add(row.getString(0));
        });
        assertThat(tables)
                .contains(
                        "schedule",
                        "schedule_override",
                        "escalation_policy",
                        "page",
                        "self_alert",
                        "notification_group",
                        "inbound_event");
        for (String table : tables) {
            assertThat(seen(table, "")).as(table).isZero();
            assertThat(seen(table, "another")).as(table).isZero();
        }
        for (String table : List.of("schedule", "page", "notification_group", "inbound_event")) {
            assertThat(seen(table, project.tenant)).as(table).isEqualTo(1);
        }
        pool.preparedQuery("delete from page where tenant = $1")
                .execute(Tuple.of(project.tenant))
                .await()
                .indefinitely();
    }

    /** How many rows of a table a reader of a project sees. */
    private long seen(String table, String tenant) {
        return readers.withTransaction(connection -> connection
                        .preparedQuery("select set_config('assay.tenant', $1, true)")
                        .execute(Tuple.of(tenant))
                        .chain(() -> connection
                                .query("select count(*) from " + table)
                                .execute()))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    @Test
    void aProjectSeesNothingOfAnother() {
        String receiver = project.asAdmin()
                .body(webhook("hook"))
                .post("/v1/receivers")
                .then()
                .extract()
                .path("id");
        String rule = project.asAdmin()
                .body(Map.of("name", "mine", "metric", "calls", "op", "<", "threshold", 1))
                .post("/v1/rules")
                .then()
                .extract()
                .path("id");
        pool.preparedQuery("""
            insert into incident (tenant, incident_id, rule_id, rule_name, labels_key, labels, severity,
              active_since, fired_at, paged, reopened)
            values ($1, 'inc-' || $1, 'r', 'r', '', '{}', 'high', 1, 1, false, 0)""").execute(Tuple.of(project.tenant)).await().indefinitely();
        project.asReader().get("/v1/alerts/inc-" + project.tenant).then().statusCode(200);
        try (TestProject other = newProject()) {
            other.asReader().get("/v1/alerts/inc-" + project.tenant).then().statusCode(404);
            other.asReader().get("/v1/receivers").then().body("items", hasSize(0));
            other.asReader().get("/v1/rules").then().body("items.name", not(hasItem("mine")));
            other.asReader().get("/v1/rules/" + rule).then().statusCode(404);
            other.asAdmin().delete("/v1/rules/" + rule).then().statusCode(404);
            other.asAdmin().delete("/v1/receivers/" + receiver).then().statusCode(404);
            other.asAdmin()
                    .body(Map.of("name", "x", "metric", "calls", "op", "<", "threshold", 1))
                    .put("/v1/rules/" + rule)
                    .then()
                    .statusCode(404);
        }
        project.asReader().get("/v1/rules/" + rule).then().statusCode(200);
        long seen = readers.query("select count(*) from incident")
                .execute()
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
        assertThat(seen).isZero();
    }
}
