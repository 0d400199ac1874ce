package dev.assay.alert;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Deliveries from the outbox to receivers that behave badly. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class DeliveryIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final WireMockServer RECEIVER = new WireMockServer(0);
    private static final String BODY = """
            {"project":"p","rule":"Error rate","rule_id":"error-rate","state":"firing","incident":"inc-1",\
            "severity":"high","labels":{"app":"chat"},"starts_at":"2026-03-11T12:00:00Z","ends_at":null,\
            "summary":"Error rate (chat): error_rate 0.2 > 0.01"}""";

    @Inject
    Pool pool;

    @BeforeAll
    static void listen() {
        RECEIVER.start();
    }

    @AfterAll
    static void stop() {
        RECEIVER.stop();
    }

    private static TestProject project() {
        TestProject project = new TestProject(false);
        await().atMost(SOON)
                .untilAsserted(() -> project.asReader().get("/v1/alerts").then().statusCode(200));
        return project;
    }

    private static String receiver(TestProject project, String type, String url, String secret) {
        return project.asAdmin()
                .body(Map.of("name", "r", "type", type, "url", url, "secret", secret))
                .post("/v1/receivers")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    private static String url(TestProject project) {
        return "http://127.0.0.1:" + RECEIVER.port() + "/" + project.tenant;
    }

    private void queue(TestProject project, String receiverId, String transition) {
        pool.preparedQuery("""
                        insert into delivery (tenant, incident_id, transition, receiver_id, receiver_name, body)
                        values ($1, 'inc-1', $2, $3, 'r', $4)""")
                .execute(Tuple.of(project.tenant, transition, receiverId, BODY))
                .await()
                .indefinitely();
    }

    private Row delivery(TestProject project, String transition) {
        return pool.preparedQuery("select state, attempts, detail from delivery where tenant = $1 and transition = $2")
                .execute(Tuple.of(project.tenant, transition))
                .await()
                .indefinitely()
                .iterator()
                .next();
    }

    private void awaitDelivery(TestProject project, String transition, String state) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(delivery(project, transition).getString("state"))
                        .isEqualTo(state));
    }

    private List<String> log(TestProject project) {
        List<String> details = new ArrayList<>();
        pool.preparedQuery("select detail from delivery_attempt where tenant = $1 order by attempted_time")
                .execute(Tuple.of(project.tenant))
                .await()
                .indefinitely()
                .forEach(row -> details.add(row.getString(0)));
        return details;
    }

    private static List<LoggedRequest> requests(String path) {
        List<LoggedRequest> requests = new ArrayList<>(RECEIVER.findAll(postRequestedFor(urlEqualTo(path))));
        requests.sort(java.util.Comparator.comparing(LoggedRequest::getLoggedDate));
        return requests;
    }

    @Test
    void triesAgainAfterServerErrorsAndBrokenConnectionsAndKeepsTheOrder() {
        try (TestProject project = project()) {
            String path = "/" + project.tenant;
            RECEIVER.stubFor(post(path)
                    .inScenario(path)
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willReturn(status(500))
                    .willSetStateTo("broken"));
            RECEIVER.stubFor(post(path)
                    .inScenario(path)
                    .whenScenarioStateIs("broken")
                    .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER))
                    .willSetStateTo("well"));
            RECEIVER.stubFor(
                    post(path).inScenario(path).whenScenarioStateIs("well").willReturn(status(200)));
            String receiver = receiver(project, "webhook", url(project), "s");

            queue(project, receiver, "firing");
            queue(project, receiver, "resolved");

            awaitDelivery(project, "resolved", "delivered");
            assertThat(requests(path))
                    .extracting(request -> request.getHeader("Idempotency-Key"))
                    .containsExactly("inc-1/firing", "inc-1/firing", "inc-1/firing", "inc-1/resolved");
            assertThat(log(project)).hasSize(4).first().isEqualTo("status 500");
            assertThat(delivery(project, "firing").getInteger("attempts")).isEqualTo(3);
        }
    }

    @Test
    void waitsAsLongAsItIsAskedTo() {
        try (TestProject project = project()) {
            String path = "/" + project.tenant;
            RECEIVER.stubFor(post(path)
                    .inScenario(path)
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willReturn(status(429).withHeader("Retry-After", "4"))
                    .willSetStateTo("well"));
            RECEIVER.stubFor(
                    post(path).inScenario(path).whenScenarioStateIs("well").willReturn(status(200)));

            queue(project, receiver(project, "webhook", url(project), "s"), "firing");

            awaitDelivery(project, "firing", "delivered");
            List<LoggedRequest> sent = requests(path);
            assertThat(sent).hasSize(2);
            assertThat(sent.get(1).getLoggedDate().getTime()
                            - sent.get(0).getLoggedDate().getTime())
                    .isGreaterThanOrEqualTo(3_900);
        }
    }

    @Test
    void triesAgainWhenNoAnswerComes() {
        try (TestProject project = project()) {
            String path = "/" + project.tenant;
            RECEIVER.stubFor(post(path)
                    .inScenario(path)
                    .whenScenarioStateIs(Scenario.STARTED)
                    .willReturn(status(200).withFixedDelay(4_000))
                    .willSetStateTo("well"));
            RECEIVER.stubFor(
                    post(path).inScenario(path).whenScenarioStateIs("well").willReturn(status(200)));

            queue(project, receiver(project, "webhook", url(project), "s"), "firing");

            awaitDelivery(project, "firing", "delivered");
            assertThat(log(project)).containsExactly("no answer within 2 s", "status 200");
        }
    }

    @Test
    void doesNotRepeatWhatTheReceiverRefusesNorFollowItElsewhere() {
        try (TestProject project = project();
                TestProject other = project()) {
            RECEIVER.stubFor(post("/" + project.tenant).willReturn(status(400).withBody("the canary of the receiver")));
            RECEIVER.stubFor(post("/" + other.tenant)
                    .willReturn(status(307).withHeader("Location", "http://169.254.169.254/latest/meta-data")));

            queue(project, receiver(project, "webhook", url(project), "s"), "firing");
            queue(other, receiver(other, "webhook", url(other), "s"), "firing");

            awaitDelivery(project, "firing", "failed");
            awaitDelivery(other, "firing", "failed");
            assertThat(log(project)).containsExactly("status 400: not tried again");
            assertThat(log(other)).containsExactly("status 307: redirects are not followed");
            assertThat(requests("/" + project.tenant)).hasSize(1);
        }
    }

    @Test
    void pagerDutyTriggersAndResolvesUnderTheIncident() {
        try (TestProject project = project()) {
            String path = "/" + project.tenant + "/v2/enqueue";
            RECEIVER.stubFor(post(path).willReturn(status(202).withBody("{\"status\":\"success\"}")));
            String receiver = receiver(project, "pagerduty", url(project) + "/v2/enqueue", "routing-key");

            queue(project, receiver, "firing");
            queue(project, receiver, "resolved");

            awaitDelivery(project, "resolved", "delivered");
            List<LoggedRequest> sent = requests(path);
            JsonPath trigger = JsonPath.from(sent.get(0).getBodyAsString());
            assertThat(trigger.getString("event_action")).isEqualTo("trigger");
            assertThat(trigger.getString("routing_key")).isEqualTo("routing-key");
            assertThat(trigger.getString("dedup_key")).isEqualTo("inc-1");
            assertThat(trigger.getString("payload.severity")).isEqualTo("error");
            assertThat(trigger.getString("payload.summary")).startsWith("Error rate (chat)");
            assertThat(trigger.getString("payload.source")).isEqualTo("assay/" + project.tenant);
            assertThat(JsonPath.from(sent.get(1).getBodyAsString()).<Map<String, String>>get())
                    .isEqualTo(new HashMap<>(
                            Map.of("routing_key", "routing-key", "event_action", "resolve", "dedup_key", "inc-1")));
        }
    }

    @Test
    void neverConnectsToAnAddressThatIsNotPublicHoweverItCameToBeThere() {
        try (TestProject project = project()) {
            String receiver = receiver(project, "webhook", url(project), "s");
            // [::1] is the same listener, but not an allowed host
            pool.preparedQuery("update receiver set url = $2 where tenant = $1")
                    .execute(Tuple.of(project.tenant, "http://localhost:" + RECEIVER.port() + "/" + project.tenant))
                    .await()
                    .indefinitely();

            queue(project, receiver, "firing");

            awaitDelivery(project, "firing", "failed");
            assertThat(log(project).get(0)).startsWith("the host has an address that is not public");
            assertThat(requests("/" + project.tenant)).isEmpty();
        }
    }

    @Test
    void givesUpWhenTheReceiverWasDeleted() {
        try (TestProject project = project()) {
            queue(project, "rcv-gone", "firing");
            awaitDelivery(project, "firing", "failed");
            assertThat(log(project)).containsExactly("the receiver was deleted");
        }
    }
}
