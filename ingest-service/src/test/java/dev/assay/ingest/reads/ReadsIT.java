package dev.assay.ingest.reads;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.assay.contracts.Topics;
import dev.assay.contracts.llm.v1.AcceptedEvents;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.RecordKind;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.ingest.StackResource;
import dev.assay.ingest.domain.ledger.Calls;
import dev.assay.ingest.domain.ledger.EventKey;
import dev.assay.localstack.TestStack;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What the HTTP reads show of calls that went through Kafka and the ledger. Each test has an app of its own. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class ReadsIT {
    private static final String PROJECT = "default";
    private static final String RANGE = "from=2025-11-24T15:00:00Z&to=2025-11-24T17:00:00Z";

    private final String app = "app-" + UUID.randomUUID().toString().substring(0, 8);

    @Test
    void givesTheOperationalKpis() {
        send(
                call("a").setInputTokens(10).setOutputTokens(5).build(),
                call("b")
                        .setInputTokens(20)
                        .setEndTimeUs(Calls.START + 4 * Calls.SECOND)
                        .build(),
                call("c")
                        .setStatus(Status.STATUS_ERROR)
                        .setErrorClass("timeout")
                        .build(),
                call("d")
                        .setStatus(Status.STATUS_ERROR)
                        .setErrorClass("cancelled")
                        .build());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonPath kpis = get("/v1/kpis/operations?" + RANGE + "&app=" + app)
                    .statusCode(200)
                    .extract()
                    .jsonPath()
                    .setRootPath("groups[0].kpis");
            assertThat(kpis.getLong("input_tokens.value")).isEqualTo(30);
            assertThat(kpis.getLong("errors.value")).isEqualTo(1);
            assertThat(kpis.getLong("cancelled.value")).isEqualTo(1);
            assertThat(kpis.getDouble("error_rate.value")).isBetween(0.33, 0.34);
            assertThat(kpis.getDouble("latency_p50_ms.value")).isBetween(1_980.0, 2_020.0);
            assertThat(kpis.getLong("peak_concurrency.value")).isEqualTo(4);
            assertThat(kpis.getMap("")).containsKeys("rps_utilization_ratio", "headroom_rps");
            assertThat(kpis.<Object>get("headroom_rps.value")).isNull(); // it has no limit
        });
        get("/v1/kpis/operations?" + RANGE + "&app=" + app + "&group_by=model")
                .body("groups[0].by.model", equalTo("gpt-4o-mini"));
        get("/v1/kpis/operations?step=2h").statusCode(400).body("field", equalTo("step"));
    }

    @Test
    void showsTheCallsBehindTheFigures() {
        for (int i = 0; i < 8; i++) {
            long start = Calls.START + i * 20 * Calls.SECOND;
            send(call("took" + i)
                    .setTraceId(id("trace" + i))
                    .setStartTimeUs(start)
                    .setEndTimeUs(start + (i + 1) * Calls.SECOND)
                    .setStatus(i % 3 == 0 ? Status.STATUS_ERROR : Status.STATUS_OK)
                    .setErrorClass(i == 6 ? "cancelled" : i % 3 == 0 ? "timeout" : "")
                    .build());
        }
        awaitCalls(8);
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> get("/v1/kpis/operations/exemplars?" + RANGE + "&app=" + app)
                        .statusCode(200)
                        .body(
                                "slowest.event_id",
                                contains(id("took7"), id("took5"), id("took4"), id("took3"), id("took2")))
                        .body("slowest[0].trace_id", equalTo(id("trace7")))
                        .body("errors.event_id", contains(id("took3"), id("took0")))
                        .body("errors[0].error_class", equalTo("timeout")));
        JsonPath rate = get("/v1/kpis/operations?" + RANGE + "&app=" + app)
                .extract()
                .jsonPath()
                .setRootPath("groups[0].kpis.error_rate");
        assertThat(rate.getInt("distribution.timeout")).isEqualTo(2);
        assertThat(rate.getInt("count")).isEqualTo(7);
        assertThat(rate.getList("ci95")).hasSize(2);
    }

    @Test
    void tellsUptimeByHeartbeatsWhereThereIsNoTraffic() {
        Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(2, ChronoUnit.HOURS);
        String probes = "[%s,%s,%s]"
                .formatted(
                        probe("a", start, true),
                        probe("b", start.plusSeconds(60), true),
                        probe("c", start.plusSeconds(125), false));
        for (int times = 0; times < 2; times++) { // sent twice, counted once
            post("/v1/heartbeats", probes).statusCode(202).body("event_ids", contains(id("a"), id("b"), id("c")));
        }
        // what callers saw comes first: a minute of traffic that went well is up, whatever a probe says
        long third = (start.getEpochSecond() + 180) * Calls.SECOND;
        send(call("fine")
                .setStartTimeUs(third)
                .setEndTimeUs(third + Calls.SECOND)
                .build());
        post("/v1/heartbeats", probe("d", start.plusSeconds(180), false)).statusCode(202);
        String range = "&from=" + start + "&to=" + start.plusSeconds(600);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonPath uptime = get("/v1/kpis/operations?app=" + app + range)
                    .extract()
                    .jsonPath()
                    .setRootPath("groups[0].kpis.uptime_ratio");
            assertThat(uptime.getDouble("value")).isEqualTo(0.75); // three of four
            assertThat(uptime.getLong("count")).isEqualTo(4);
            assertThat(uptime.getDouble("coverage")).isBetween(0.39, 0.41); // and six that nobody knows of
        });
        post("/v1/heartbeats", "{\"app\":\"x\"}").statusCode(422).body("rejected[0].field", equalTo("up"));
        post("/v1/heartbeats", "{\"up\":true,\"event_time\":\"2020-01-01T00:00:00Z\"}")
                .statusCode(422)
                .body("rejected[0].field", equalTo("event_time"));
    }

    private String probe(String name, Instant time, boolean up) {
        return "{\"event_id\":\"%s\",\"app\":\"%s\",\"event_time\":\"%s\",\"up\":%s}"
                .formatted(id(name), app, time, up);
    }

    private static ValidatableResponse post(String path, String body) {
        return given().header("Authorization", "Bearer " + TestStack.shared().apiKey())
                .header("Content-Type", "application/json")
                .body(body)
                .post(path)
                .then();
    }

    @Test
    void tellsLatencyByConcurrency() {
        send(call("alone").build()); // two seconds, by itself in its minute
        for (int i = 0; i < 5; i++) {
            long start = Calls.START + 120 * Calls.SECOND;
            send(call("crowd" + i)
                    .setStartTimeUs(start)
                    .setEndTimeUs(start + 8 * Calls.SECOND)
                    .build());
        }
        awaitCalls(6);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            JsonPath levels = get("/v1/kpis/operations/latency-by-concurrency?" + RANGE + "&app=" + app)
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            assertThat(levels.getList("items.least_concurrency", Integer.class)).containsExactly(1, 4);
            assertThat(levels.getList("items.most_concurrency", Integer.class)).containsExactly(1, 7);
            assertThat(levels.getDouble("items[0].kpis.latency_p95_ms.value")).isBetween(1_980.0, 2_020.0);
            assertThat(levels.getDouble("items[1].kpis.latency_p95_ms.value")).isBetween(7_920.0, 8_080.0);
            assertThat(levels.getLong("items[1].kpis.calls.value")).isEqualTo(5);
        });
        get("/v1/kpis/operations/latency-by-concurrency?from=now-8d")
                .statusCode(400)
                .body("field", equalTo("from"));
    }

    @Test
    void listsCallsPageByPage() {
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            calls.add(call("page" + i)
                    .setStartTimeUs(Calls.START + i * Calls.SECOND)
                    .setEndTimeUs(Calls.START + (i + 1) * Calls.SECOND)
                    .build());
        }
        send(calls.toArray(Call[]::new));
        awaitCalls(5);
        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            JsonPath answer =
                    get("/v1/calls?app=" + app + "&limit=2" + cursor).extract().jsonPath();
            seen.addAll(answer.getList("items.event_id"));
            String next = answer.getString("next_cursor");
            assertThat(next == null).isEqualTo(page == 2);
            cursor = "&cursor=" + next;
        }
        assertThat(seen).containsExactly(id("page4"), id("page3"), id("page2"), id("page1"), id("page0"));
    }

    @Test
    void narrowsTheList() {
        String trace = UUID.randomUUID().toString().replace("-", "");
        send(
                call("ok").setUserId("ada").build(),
                call("bad")
                        .setStatus(Status.STATUS_ERROR)
                        .setSessionId("s-" + app)
                        .build(),
                call("outer").setTraceId(trace).setSpanId("a").setInputTokens(3).build(),
                call("inner")
                        .setTraceId(trace)
                        .setSpanId("b")
                        .setParentSpanId("a")
                        .setInputTokens(3)
                        .build());
        awaitCalls(4);
        listed("status=error").body("items.event_id", contains(id("bad")));
        listed("user_id=ada").body("items.event_id", contains(id("ok")));
        listed("session_id=s-" + app).body("items.event_id", contains(id("bad")));
        listed("countable=false").body("items.event_id", contains(id("outer")));
        listed("trace_id=" + trace).body("items", hasSize(2));
        listed("from=now-1h").body("items", hasSize(0));
        get("/v1/calls/" + id("outer")).body("superseded_by", equalTo(id("inner")));
    }

    @Test
    void sortsAndPagesByWhatCallsTell() {
        for (int i = 0; i < 5; i++) {
            long start = Calls.START + i * Calls.SECOND;
            send(call("took" + i)
                    .setStartTimeUs(start)
                    .setEndTimeUs(start + (i % 3) * Calls.SECOND) // 0, 1, 2, 0, 1 seconds
                    .setKind(i == 4 ? Kind.KIND_EMBEDDING : Kind.KIND_LLM)
                    .build());
        }
        send(call("open").clearEndTimeUs().clearDurationUs().build());
        awaitCalls(6);
        List<String> seen = new ArrayList<>();
        String next = "";
        while (next != null) {
            JsonPath answer = get("/v1/calls?" + RANGE + "&app=" + app + "&sort=-duration_ms&limit=2"
                            + (next.isEmpty() ? "" : "&cursor=" + next))
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            answer.<Float>getList("items.duration_ms").forEach(took -> seen.add(String.valueOf(Math.round(took))));
            next = answer.getString("next_cursor");
        }
        assertThat(seen).containsExactly("2000", "1000", "1000", "0", "0"); // the open one tells no duration
        listed(RANGE + "&sort=duration_ms&limit=1").body("items[0].duration_ms", equalTo(0.0f));
        listed(RANGE + "&min_duration_ms=2000").body("items.event_id", contains(id("took2")));
        listed("kind=embedding").body("items.event_id", contains(id("took4")));
        String cursor = listed("limit=1").extract().path("next_cursor");
        listed("sort=duration_ms", 400, "&cursor=" + cursor).body("field", equalTo("cursor"));
        listed("sort=colour", 400, "").body("field", equalTo("sort"));
    }

    @Test
    void showsOneCallInItsTrace() {
        String trace = UUID.randomUUID().toString().replace("-", "");
        send(
                span(trace, "leaf", "branch").setStartTimeUs(Calls.START + 2).build(),
                span(trace, "root", "").setStartTimeUs(Calls.START).build(),
                span(trace, "branch", "root").setStartTimeUs(Calls.START + 1).build());
        awaitCalls(3);
        get("/v1/calls/" + id("branch") + "?include=trace")
                .statusCode(200)
                .body("event_id", equalTo(id("branch")))
                .body("trace.trace_id", equalTo(trace))
                .body("trace.spans.event_id", contains(id("root"), id("branch"), id("leaf")))
                .body("trace.spans.depth", contains(0, 1, 2))
                .body("links.scores", containsString("/v1/scores?event_id=" + id("branch")))
                .body("links.cost", containsString("/v1/costs/calls/" + id("branch")))
                .body("links.feedback", containsString("call_event_id=" + id("branch")));
        get("/v1/calls/" + id("branch") + "?include=all").statusCode(400).body("field", equalTo("include"));
    }

    private Call.Builder span(String trace, String name, String parent) {
        return call(name)
                .setRecordKind(RecordKind.RECORD_KIND_SPAN)
                .setTraceId(trace)
                .setSpanId(name)
                .setParentSpanId(parent)
                .setKind(Kind.KIND_CHAIN)
                .setCountable(false);
    }

    @Test
    void showsOneCallWithWhatIsUnknownAsNull() {
        send(call("one/with:signs")
                .setInput("[{\"role\":\"user\",\"parts\":[{\"type\":\"text\",\"content\":\"hi\"}]}]")
                .setOutput("plain")
                .build());
        awaitCalls(1);
        get("/v1/calls/" + id("one/with:signs"))
                .statusCode(200)
                .body("start_time", equalTo("2025-11-24T16:00:00Z"))
                .body("duration_ms", equalTo(2000.0f))
                .body("kind", equalTo("llm"))
                .body("usage_state", equalTo("missing"))
                .body("status", equalTo("ok"))
                .body("$", hasKey("ttft_ms"))
                .body("input_tokens", nullValue())
                .body("superseded_by", nullValue())
                .body("input[0].parts[0].content", equalTo("hi"))
                .body("output", equalTo("plain"));
        get("/v1/calls/no-such-call").statusCode(404).contentType("application/problem+json");
    }

    @Test
    void refusesWhatMayNotBeAsked() {
        get("/v1/calls?limit=501").statusCode(400).body("detail", containsString("1 to 500"));
        get("/v1/calls?cursor=x").statusCode(400).body("field", equalTo("cursor"));
        get("/v1/calls?colour=red").statusCode(400).body("field", equalTo("colour"));
        given().get("/v1/calls").then().statusCode(401);
    }

    @Test
    void accountsForAllThatCame() {
        Map<String, Integer> before = counters();
        Call call = call("counted").build();
        send(call, call, call.toBuilder().setUserId("later").build());
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            Map<String, Integer> now = counters();
            assertThat(now.get("duplicate") - before.get("duplicate")).isEqualTo(2);
            assertThat(now.get("merged") - before.get("merged")).isEqualTo(1);
            assertThat(now.get("received")).isEqualTo(now.get("accepted") + now.get("duplicate") + now.get("rejected"));
        });
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> get("/v1/status").body("lag.records", equalTo(0)));
    }

    private Map<String, Integer> counters() {
        return get("/v1/status").statusCode(200).extract().jsonPath().getMap("counters");
    }

    private void awaitCalls(int count) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> listed("limit=500").body("items", hasSize(count)));
    }

    private ValidatableResponse listed(String narrowed) {
        return listed(narrowed, 200, "");
    }

    private ValidatableResponse listed(String narrowed, int status, String more) {
        return get("/v1/calls?app=" + app + "&" + narrowed + more).statusCode(status);
    }

    private static ValidatableResponse get(String path) {
        RequestSpecification request =
                given().header("Authorization", "Bearer " + TestStack.shared().apiKey());
        return request.get(path).then();
    }

    private String id(String name) {
        return app + "-" + name;
    }

    private Call.Builder call(String name) {
        Call.Builder call = Calls.call(id(name)).setApp(app);
        call.getEnvelopeBuilder().setTenant(PROJECT);
        return call;
    }

    private static void send(Call... calls) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", TestStack.shared().bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (Call call : calls) {
                producer.send(new ProducerRecord<>(
                        Topics.EVENTS,
                        EventKey.of(call).bytes(),
                        AcceptedEvents.newBuilder().addCalls(call).build().toByteArray()));
            }
        }
    }
}
