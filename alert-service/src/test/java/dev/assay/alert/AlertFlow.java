package dev.assay.alert;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.assay.contracts.kpi.v1.Measure;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** What tests from windows on the topic to notifications at a receiver have in common; each has a project of its own. */
abstract class AlertFlow {
    static final Duration SOON = Duration.ofSeconds(30);
    static final String SECRET = "hook-secret";
    static final WireMockServer RECEIVER = new WireMockServer(0);

    @Inject
    Pool pool;

    final long now = TestProject.nowMinute();

    @BeforeAll
    static void listen() {
        RECEIVER.start(); // once for all classes: starting a running one does nothing
    }

    @BeforeEach
    void accept() {
        RECEIVER.stubFor(post(anyUrl()).atPriority(9).willReturn(status(204)));
    }

    static TestProject project() {
        return project(false);
    }

    static TestProject project(boolean generated) {
        TestProject project = new TestProject(
                generated,
                Measure.MEASURE_CALLS,
                Measure.MEASURE_ACCURACY,
                Measure.MEASURE_RPS_UTILIZATION,
                Measure.MEASURE_TOXIC_PAGE);
        await().atMost(SOON)
                .untilAsserted(() -> project.asReader().get("/v1/alerts").then().statusCode(200));
        addReceiver(project, "hook", "webhook", "/" + project.tenant, SECRET);
        return project;
    }

    /** A receiver of PagerDuty's kind; what it is told is {@link #pagerDutyActions}. */
    static void addPagerDuty(TestProject project) {
        addReceiver(project, "pd", "pagerduty", "/pd-" + project.tenant, "key");
    }

    private static void addReceiver(TestProject project, String name, String type, String path, String secret) {
        String url = "http://127.0.0.1:" + RECEIVER.port() + path;
        project.asAdmin()
                .body(Map.of("name", name, "type", type, "url", url, "secret", secret, "self_alerts", false))
                .post("/v1/receivers")
                .then()
                .statusCode(201);
    }

    static JsonPath alert(TestProject project, String ruleId) {
        JsonPath all = project.asReader().get("/v1/alerts").then().extract().jsonPath();
        all.setRootPath("items.find { it.rule_id == '" + ruleId + "' }");
        return all;
    }

    static void awaitState(TestProject project, String ruleId, String state) {
        await(ruleId + " is " + state)
                .atMost(SOON)
                .untilAsserted(() ->
                        assertThat(alert(project, ruleId).getString("state")).isEqualTo(state));
    }

    /** Lets the project's event time begin at a minute: until it does, its clock is that of other tests' sources. */
    static void begin(TestProject project, long minute) {
        project.tick(minute);
        await("the project's clock")
                .atMost(SOON)
                .untilAsserted(() -> assertThat(
                                project.asReader().get("/v1/status").jsonPath().getString("clocks.ingest"))
                        .isEqualTo(Instant.ofEpochSecond(minute * 60).toString()));
    }

    static void awaitEvaluated(TestProject project, String ruleId, long minute) {
        await(ruleId + " is evaluated up to " + minute)
                .atMost(SOON)
                .untilAsserted(() -> assertThat(alert(project, ruleId).getString("evaluated_at"))
                        .isEqualTo(Instant.ofEpochSecond(minute * 60).toString()));
    }

    static List<LoggedRequest> notifications(TestProject project) {
        List<LoggedRequest> requests =
                new ArrayList<>(RECEIVER.findAll(postRequestedFor(urlEqualTo("/" + project.tenant))));
        requests.sort(java.util.Comparator.comparing(LoggedRequest::getLoggedDate));
        return requests;
    }

    static void awaitNotifications(TestProject project, int count) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(notifications(project)).hasSize(count));
    }

    long count(String sql, TestProject project) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(project.tenant))
                .await()
                .indefinitely()
                .iterator()
                .next()
                .getLong(0);
    }

    void change(String sql, TestProject project) {
        pool.preparedQuery(sql).execute(Tuple.of(project.tenant)).await().indefinitely();
    }

    static Map<String, Object> matcher(String label, String... values) {
        return Map.of("label", label, "values", List.of(values));
    }

    static List<String> pagerDutyActions(TestProject project) {
        return RECEIVER.findAll(postRequestedFor(urlEqualTo("/pd-" + project.tenant))).stream()
                .sorted(java.util.Comparator.comparing(request -> request.getLoggedDate()))
                .map(request -> JsonPath.from(request.getBodyAsString()).getString("event_action"))
                .toList();
    }

    String firing(TestProject project) {
        project.calls("chat", now - 60, now, 100, 30);
        project.tick(now - 30);
        awaitState(project, "error-rate", "firing");
        return alert(project, "error-rate").getString("incident");
    }
}
