package dev.assay.dashboard;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** The four services as the dashboard sees them: their documented answers, each service under its own path. */
final class ServiceDoubles {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ABOVE_ALL = 1;

    private final WireMockServer server =
            new WireMockServer(options().bindAddress("127.0.0.1").dynamicPort());

    Map<String, String> start() {
        server.start();
        answerInFull();
        return Map.of(
                "ASSAY_INGEST_URL", url("ingest"),
                "ASSAY_QUALITY_URL", url("quality"),
                "ASSAY_COST_URL", url("cost"),
                "ASSAY_ALERT_URL", url("alert"));
    }

    void stop() {
        server.stop();
    }

    private String url(String service) {
        return "http://127.0.0.1:" + server.port() + "/" + service;
    }

    /** Every service answers, with figures of every kind. */
    void answerInFull() {
        server.resetAll();
        answer("/ingest/v1/kpis/operations", answerOf("operations"));
        for (String dimension : List.of("model", "app", "environment")) {
            server.stubFor(get(urlPathEqualTo("/ingest/v1/kpis/operations"))
                    .withQueryParam("group_by", equalTo(dimension))
                    .willReturn(okJson(answerOf("operations-by-" + dimension).toString())));
        }
        for (String family : List.of("quality", "safety", "users")) {
            answer("/quality/v1/kpis/" + family, answerOf(family));
        }
        answer("/quality/v1/issues", answerOf("issues"));
        answer("/cost/v1/kpis/cost", answerOf("cost"));
        server.stubFor(get(urlPathEqualTo("/cost/v1/kpis/cost"))
                .withQueryParam("group_by", equalTo("model"))
                .willReturn(okJson(answerOf("cost-by-model").toString())));
        answer("/cost/v1/costs/summary", answerOf("costs-summary"));
        answer("/alert/v1/alerts", answerOf("alerts"));
        newestCall(Instant.now());
    }

    /** A project that has never had a call. */
    void answerWithNothing() {
        answerInFull();
        JsonNode nothing = JSON.createObjectNode()
                .set(
                        "groups",
                        JSON.createArrayNode().add(JSON.createObjectNode().set("by", JSON.createObjectNode())));
        ObjectNode noGroups = JSON.createObjectNode().set("groups", JSON.createArrayNode());
        for (String family : List.of("quality", "safety", "users")) {
            answer("/quality/v1/kpis/" + family, nothing);
        }
        answer("/ingest/v1/kpis/operations", nothing);
        answer("/cost/v1/kpis/cost", nothing);
        for (String path : List.of("/ingest/v1/kpis/operations", "/cost/v1/kpis/cost")) {
            server.stubFor(get(urlPathEqualTo(path))
                    .withQueryParam("group_by", equalTo("model"))
                    .willReturn(okJson(noGroups.toString())));
        }
        ObjectNode noItems = JSON.createObjectNode().set("items", JSON.createArrayNode());
        answer("/quality/v1/issues", noItems);
        answer("/alert/v1/alerts", noItems);
        answer("/ingest/v1/status", status(0));
        recentMinutes(Instant.now(), 0);
    }

    void noAlerts() {
        answer("/alert/v1/alerts", JSON.createObjectNode().set("items", JSON.createArrayNode()));
    }

    /** The newest call was in this minute. */
    void newestCall(Instant minute) {
        answer("/ingest/v1/status", status(1_477_440));
        recentMinutes(minute, 40);
    }

    /** The pipeline has worked up to this time. */
    void clockAt(Instant clock) {
        answer("/ingest/v1/status", status(1_477_440).put("clock", clock.toString()));
    }

    private void recentMinutes(Instant minute, int calls) {
        ObjectNode step = JSON.createObjectNode();
        step.put("start", minute.truncatedTo(ChronoUnit.MINUTES).toString());
        step.putObject("kpis").putObject("calls").put("value", calls).put("count", calls);
        ObjectNode answer = JSON.createObjectNode().put("step", "1m");
        answer.putArray("groups").addObject().putArray("series").add(step);
        server.stubFor(get(urlPathEqualTo("/ingest/v1/kpis/operations"))
                .withQueryParam("step", equalTo("1m"))
                .willReturn(okJson(answer.toString())));
    }

    /** Everything of one service gives this answer. */
    void fail(String service, int status) {
        override(service, aResponse().withStatus(status));
    }

    /** A service closes every connection. */
    void hangUp(String service) {
        override(service, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
    }

    /** A service takes so long to answer. */
    void stall(String service, int millis) {
        override(service, okJson("{}").withFixedDelay(millis));
    }

    private void override(String service, ResponseDefinitionBuilder answer) {
        server.stubFor(
                any(urlMatching("/" + service + "/.*")).atPriority(ABOVE_ALL).willReturn(answer));
    }

    private void answer(String path, JsonNode body) {
        server.stubFor(get(urlPathEqualTo(path)).willReturn(okJson(body.toString())));
    }

    /** One figure of a family, with a field changed. */
    void change(String service, String family, String kpi, String field, JsonNode value) {
        ObjectNode answer = (ObjectNode) answerOf(family);
        ((ObjectNode) answer.at("/groups/0/kpis/" + kpi)).set(field, value);
        answer("/" + service + "/v1/kpis/" + family, answer);
    }

    /** What was asked for at a path. */
    List<LoggedRequest> requests(String path) {
        return server.findAll(getRequestedFor(urlPathEqualTo(path)));
    }

    void forgetRequests() {
        server.resetRequests();
    }

    /** The figure that a family's double gives for the range. */
    static JsonNode kpi(String family, String name) {
        return answerOf(family).at("/groups/0/kpis/" + name);
    }

    static JsonNode answerOf(String name) {
        try (InputStream file = ServiceDoubles.class.getResourceAsStream("/doubles/" + name + ".json")) {
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode status(long accepted) {
        ObjectNode status = JSON.createObjectNode();
        status.putObject("counters").put("received", accepted).put("accepted", accepted);
        status.putObject("series").put("count", 12).put("limit", 10_000).put("folded", 0);
        status.putObject("lag").put("records", 0);
        return status;
    }
}
