package dev.assay.system;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.assay.localstack.Service;
import dev.assay.localstack.ServiceProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Calls begin to fail, and on-call is told once; they stop failing, and on-call is told once more: through a receiver that
 * refuses the first request, and with both replicas of alert-service killed while the alert is pending.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlertPageIT {
    private static final String PROJECT = "paged";
    private static final String SECRET = "a secret that only the receiver knows";
    private static final String RULE = "Too many errors";
    private static final Duration FIRES = Duration.ofMinutes(6);
    private static final Duration EVERY = Duration.ofSeconds(3);

    private RunningStack stack;
    private Api ingest;
    private Api alerts;
    private WireMockServer receiver;
    private int sent;

    @BeforeAll
    void start() {
        stack = RunningStack.shared();
        String key = Projects.create(stack, PROJECT, "ingest", "read", "admin");
        ingest = new Api(stack.url(Service.INGEST), key);
        alerts = new Api(stack.url(Service.ALERT), key);
        receiver = new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());
        receiver.start();
        receiver.stubFor(post("/page")
                .inScenario("down at first")
                .whenScenarioStateIs(Scenario.STARTED)
                .willReturn(aResponse().withStatus(503))
                .willSetStateTo("up"));
        receiver.stubFor(post("/page")
                .inScenario("down at first")
                .whenScenarioStateIs("up")
                .willReturn(aResponse().withStatus(200)));
    }

    @AfterAll
    void stop() {
        receiver.stop();
    }

    @Test
    void onCallIsToldOnceThatItBeganAndOnceThatItEnded() throws Exception {
        created(alerts.post("/v1/receivers", """
                {"name":"on-call","type":"webhook","url":"%s/page","secret":"%s",
                 "self_alerts":false}""".formatted(receiver.baseUrl(), SECRET)));
        created(alerts.post("/v1/rules", """
                {"name":"%s","metric":"error_rate","group_by":["app"],"window":"2m","op":">","threshold":0.2,
                 "for":"1m","min_samples":10,"severity":"critical","receivers":["on-call"]}""".formatted(RULE)));

        await().atMost(FIRES).pollInterval(EVERY).until(() -> {
            send("500");
            return Stream.of("pending", "firing")
                    .anyMatch(state -> state.equals(alert().path("state").asText()));
        });
        for (ServiceProcess replica : stack.replicas(Service.ALERT)) {
            kill(replica);
        }
        await().atMost(FIRES).pollInterval(EVERY).until(() -> {
            send("500");
            return !delivered("firing").isEmpty();
        });
        JsonNode firing = alert();
        assertThat(firing.get("state").asText()).isEqualTo("firing");
        assertThat(firing.get("value").asDouble()).isGreaterThan(0.2);

        await().atMost(FIRES).pollInterval(EVERY).until(() -> {
            send(null);
            return !delivered("resolved").isEmpty();
        });
        for (String state : List.of("firing", "resolved")) {
            List<LoggedRequest> pages = delivered(state);
            assertThat(pages).allSatisfy(AlertPageIT::assertSigned);
            assertThat(pages.stream()
                            .map(page -> page.getHeader("Idempotency-Key"))
                            .distinct())
                    .as("one notification, however often it had to be sent")
                    .hasSize(1);
            assertThat(pages.stream()
                            .map(page -> body(page).get("incident").asText())
                            .distinct())
                    .containsExactly(firing.get("incident").asText());
            assertThat(body(pages.get(0)).at("/labels/app").asText()).isEqualTo("checkout");
        }
        assertThat(delivered("firing"))
                .as("the first was refused and sent again")
                .hasSizeGreaterThan(1);
    }

    private static void kill(ServiceProcess replica) {
        try {
            replica.kill();
            replica.start();
            replica.awaitReady(Duration.ofSeconds(60));
        } catch (IOException e) {
            throw new AssertionError(replica.name() + " did not come back", e);
        }
    }

    /** A batch of calls that end now: every second one with this error, if any. */
    private void send(String error) {
        ArrayNode calls = Api.JSON.createArrayNode();
        for (int i = 0; i < 10; i++) {
            ObjectNode call = calls.addObject();
            call.put("event_id", "page-" + sent++);
            call.put("start_time", Instant.now().minusMillis(900 + i).toString());
            call.put("duration_ms", 400 + i);
            call.put("provider", "openai");
            call.put("request_model", "gpt-4o-mini");
            call.put("app", "checkout");
            call.put("input_tokens", 10);
            call.put("output_tokens", 5);
            if (error != null && i % 2 == 0) {
                call.put("status", "error");
                call.put("error_type", error);
            }
        }
        Api.Answer answer = ingest.post("/v1/calls", calls.toString());
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    private JsonNode alert() {
        Api.Answer answer = alerts.get("/v1/alerts");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        for (JsonNode item : answer.json().get("items")) {
            if (item.get("rule").asText().equals(RULE)) {
                return item;
            }
        }
        return Api.JSON.missingNode();
    }

    private List<LoggedRequest> delivered(String state) {
        return receiver.findAll(postRequestedFor(urlEqualTo("/page"))).stream()
                .filter(request -> body(request).get("rule").asText().equals(RULE))
                .filter(request -> body(request).get("state").asText().equals(state))
                .toList();
    }

    private static JsonNode body(LoggedRequest request) {
        return new Api.Answer(200, request.getBodyAsString(), null).json();
    }

    /** As a receiver checks it: hex HMAC-SHA256 of timestamp, a dot and the body. */
    private static void assertSigned(LoggedRequest request) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((request.getHeader("Assay-Timestamp") + ".").getBytes(StandardCharsets.UTF_8));
            assertThat(request.getHeader("Assay-Signature"))
                    .isEqualTo(HexFormat.of().formatHex(mac.doFinal(request.getBody())));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static void created(Api.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
    }
}
