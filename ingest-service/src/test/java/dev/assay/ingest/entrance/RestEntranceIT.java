package dev.assay.ingest.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Source;
import dev.assay.contracts.control.v1.Rejection;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.FeedbackEvent;
import dev.assay.contracts.llm.v1.RecordKind;
import dev.assay.ingest.StackResource;
import dev.assay.ingest.entrance.Entrance.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST entrance with real Kafka and PostgreSQL: what is answered, and what then stands on the topics. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestEntranceIT {
    private static final String JSON = "application/json";
    private static final String LINES = "application/x-ndjson";
    private static final int LIMIT = 16 * 1024 * 1024;

    @TestHTTPResource("/")
    URI base;

    private Entrance entrance;

    @BeforeEach
    void project() {
        if (entrance == null) {
            entrance = Entrance.newProject(base, "ingest");
        }
    }

    private static String ids(Answer answer) {
        return answer.json().get("event_ids").toString();
    }

    private static String firstRejection(Answer answer) {
        JsonNode one = answer.json().get("rejected").get(0);
        return one.get("index") + " " + one.get("field").asText() + " "
                + one.get("reason").asText();
    }

    private static String lines(Object... calls) throws Exception {
        StringBuilder lines = new StringBuilder();
        for (Object call : calls) {
            lines.append(call instanceof String text ? text : Entrance.MAPPER.writeValueAsString(call))
                    .append('\n');
        }
        return lines.toString();
    }

    @Test
    void takesOneCall() throws Exception {
        try (Topic topic = Topic.events()) {
            Answer answer = entrance.json("POST", "/v1/calls", Entrance.call("one"));
            assertThat(answer.status()).as(answer.text()).isEqualTo(202);
            assertThat(answer.json().get("accepted").asInt()).isEqualTo(1);
            assertThat(ids(answer)).isEqualTo("[\"one\"]");
            assertThat(answer.json().get("rejected")).isEmpty();
            Call call = topic.calls(entrance.project).get(0);
            assertThat(call.getEnvelope().getSource()).isEqualTo(Source.SOURCE_REST);
            assertThat(call.getRecordKind()).isEqualTo(RecordKind.RECORD_KIND_CALL);
            assertThat(call.getEnvelope().getEventTimeUs()).isEqualTo(call.getStartTimeUs());
            assertThat(call.getDurationUs()).isEqualTo(812_500);
            assertThat(call.getProvider()).isEqualTo("openai");
            assertThat(call.getCountable()).isTrue();
        }
    }

    @Test
    void makesAnIdWhereThereIsNone() {
        Answer answer = entrance.json("POST", "/v1/calls", Entrance.call(null));
        assertThat(answer.json().get("event_ids").get(0).asText()).matches("[0-9a-f-]{36}");
    }

    @Test
    void takesArraysAndLinesAndGzip() throws Exception {
        try (Topic topic = Topic.events()) {
            List<Map<String, Object>> two = List.of(Entrance.call("a1"), Entrance.call("a2"));
            assertThat(ids(entrance.json("POST", "/v1/calls", two))).isEqualTo("[\"a1\",\"a2\"]");
            String lines = lines(Entrance.call("l1"), "", Entrance.call("l2"));
            assertThat(ids(entrance.post("/v1/calls", LINES, lines))).isEqualTo("[\"l1\",\"l2\"]");
            // lines are seen for what they are, whatever the type says
            assertThat(ids(entrance.post("/v1/calls", JSON + "; charset=utf-8", lines)))
                    .isEqualTo("[\"l1\",\"l2\"]");
            byte[] zipped = Entrance.gzip(Entrance.MAPPER.writeValueAsBytes(two));
            assertThat(ids(entrance.send("POST", "/v1/calls", JSON, zipped, "Content-Encoding", "gzip")))
                    .isEqualTo("[\"a1\",\"a2\"]");
            assertThat(ids(entrance.post("/v1/calls", JSON, "\ufeff" + lines(Entrance.call("bom")))))
                    .isEqualTo("[\"bom\"]");
            assertThat(topic.calls(entrance.project)).hasSize(9);
        }
    }

    @Test
    void namesTheOneBadCallOfAThousand() throws Exception {
        List<Object> calls = new ArrayList<>();
        IntStream.range(0, 1_000)
                .forEach(i -> calls.add(i == 617 ? Entrance.call("t617", "input_tokens", -3) : Entrance.call("t" + i)));
        try (Topic topic = Topic.events();
                Topic rejections = new Topic(Topics.REJECTIONS)) {
            Answer answer = entrance.json("POST", "/v1/calls", calls);
            assertThat(answer.status()).isEqualTo(207);
            assertThat(answer.json().get("accepted").asInt()).isEqualTo(999);
            assertThat(firstRejection(answer)).isEqualTo("617 input_tokens must be >= 0, got -3");
            assertThat(topic.calls(entrance.project)).hasSize(999);
            Rejection rejection = rejections.rejections(entrance.project).get(0);
            assertThat(rejection.getEventId()).isEqualTo("t617");
            assertThat(rejection.getIndex()).isEqualTo(617);
            assertThat(rejection.getField()).isEqualTo("input_tokens");
            assertThat(rejection.getEvents()).isEqualTo(1);
        }
    }

    @Test
    void losesNothingButTheBrokenLine() throws Exception {
        try (Topic topic = Topic.events()) {
            Answer answer = entrance.post(
                    "/v1/calls", LINES, lines(Entrance.call("n1"), "{\"event_id\":", "[1]", Entrance.call("n2")));
            assertThat(answer.status()).isEqualTo(207);
            assertThat(ids(answer)).isEqualTo("[\"n1\",\"n2\"]");
            assertThat(firstRejection(answer)).startsWith("1 null is not valid JSON (line 1, column");
            assertThat(answer.json().get("rejected").get(1).get("reason").asText())
                    .isEqualTo("must be a JSON object");
            assertThat(topic.calls(entrance.project)).hasSize(2);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "input_tokens | -3 | must be >= 0, got -3",
                "input_tokens | 9223372036854775808 | must be <= 1000000000000, got 9.223372036854776E18",
                "input_tokens | \"25\" | must be a whole number, got a string",
                "start_time | \"1970-01-01T00:00:00Z\" | must not be before",
                "start_time | \"2100-01-01T00:00:00Z\" | must not be after",
                "start_time | 1750000000000 | must be a time",
                "duration_ms | 1e999 | must be <= 2.592E9, got Infinity",
                "event_id | \"a\\u0000b\" | must not contain NUL or broken characters",
                "event_id | \"a\\ud800b\" | must not contain NUL or broken characters",
                "cache_read_tokens | 26 | are part of input_tokens",
            })
    void refusesValuesWithTheirFieldAndRule(String field, String value, String reason) throws Exception {
        Map<String, Object> call = Entrance.call("v");
        call.remove(field);
        String rest = Entrance.MAPPER.writeValueAsString(call).substring(1);
        String body = "{\"" + field + "\":" + value + "," + rest;
        Answer answer = entrance.post("/v1/calls", JSON, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(firstRejection(answer)).startsWith("0 " + field + " " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "7",
                "\"text\"",
                "null",
                "{\"event_id\":",
                "[{\"event_id\":\"x\"}",
                "[1,2,}",
                "{\"input_tokens\":NaN}",
                "{} trailing",
                "{\"a\":\u0001}",
            })
    void refusesWhatIsNoJsonAsAWhole(String body) throws Exception {
        try (Topic rejections = new Topic(Topics.REJECTIONS)) {
            Answer answer = entrance.post("/v1/calls", JSON, body);
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.contentType()).startsWith("application/problem+json");
            assertThat(answer.json().get("status").asInt()).isEqualTo(400);
            assertThat(rejections.rejections(entrance.project)).hasSize(1);
        }
    }

    @Test
    void standsDepthLengthAndWidth() {
        assertThat(entrance.post("/v1/calls", JSON, "[".repeat(10_000) + "]".repeat(10_000))
                        .status())
                .isEqualTo(400);
        assertThat(entrance.post("/v1/calls", JSON, "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}")
                        .status())
                .isEqualTo(400);
        assertThat(entrance.post("/v1/calls", JSON, "{\"input_tokens\":" + "9".repeat(1_000_000) + "}")
                        .status())
                .isEqualTo(400);
        assertThat(entrance.post("/v1/calls", JSON, "[]").status()).isEqualTo(202);
        Answer scalars = entrance.post("/v1/calls", JSON, "[1,null,\"x\",[]]");
        assertThat(scalars.status()).isEqualTo(422);
        assertThat(scalars.json().get("rejected")).hasSize(4);
    }

    @Test
    void takesTheLastOfFieldsThatComeTwice() throws Exception {
        String body =
                Entrance.MAPPER.writeValueAsString(Entrance.call("twice")).replaceFirst("}$", ",\"app\":\"second\"}");
        try (Topic topic = Topic.events()) {
            assertThat(entrance.post("/v1/calls", JSON, body).status()).isEqualTo(202);
            assertThat(topic.calls(entrance.project).get(0).getApp()).isEqualTo("second");
        }
    }

    /** Labels are data wherever they go: neither read, nor run, nor changed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u202egnp.exe",
                "\ud83d\ude80 shop",
                "../../etc/passwd",
                "'; drop table call; --",
                "a\r\nlevel=ERROR forged",
                "=cmd|' /C calc'!A1",
                "${jndi:ldap://127.0.0.1/x}",
            })
    void takesLabelsAsTheyCome(String label) throws Exception {
        try (Topic topic = Topic.events()) {
            assertThat(entrance.json("POST", "/v1/calls", Entrance.call("label", "app", label))
                            .status())
                    .isEqualTo(202);
            assertThat(topic.calls(entrance.project)).extracting(Call::getApp).containsExactly(label);
        }
    }

    @Test
    void refusesALabelOfTenKilobytes() {
        Answer answer = entrance.json("POST", "/v1/calls", Entrance.call("long", "app", "x".repeat(10_000)));
        assertThat(firstRejection(answer)).isEqualTo("0 app must have at most 200 characters, got 10000");
    }

    @Test
    void cutsTenMebibytesOfTextAndSaysSo() throws Exception {
        try (Topic topic = Topic.events()) {
            Answer answer = entrance.json("POST", "/v1/calls", Entrance.call("long", "output", "x".repeat(10 << 20)));
            assertThat(answer.status()).isEqualTo(202);
            Call call = topic.calls(entrance.project).get(0);
            assertThat(call.getTruncatedList()).containsExactly("output");
            assertThat(call.getOutput().length()).isBetween(60_000, 65_536);
        }
    }

    @Test
    void refusesAnEventThatStaysTooLarge() {
        List<Object> tools = new ArrayList<>();
        IntStream.range(0, 20).forEach(i -> tools.add(Map.of("name", "f", "arguments", "x".repeat(60_000))));
        Answer answer = entrance.json(
                "POST", "/v1/calls", List.of(Entrance.call("ok"), Entrance.call("huge", "tool_calls", tools)));
        assertThat(answer.status()).isEqualTo(207);
        assertThat(firstRejection(answer)).isEqualTo("1 null is larger than 512 KiB after its texts were cut");
    }

    @Test
    void takesBodiesUpToTheLimit() {
        String call = "{\"start_time\":\"" + Instant.now() + "\",\"request_model\":\"m\",\"context\":\"\"}";
        String filled = call.replace("\"context\":\"\"", "\"context\":\"" + "x".repeat(LIMIT - call.length()) + "\"");
        assertThat(entrance.post("/v1/calls", JSON, filled).status()).isEqualTo(202);
        Answer answer = entrance.post("/v1/calls", JSON, filled + " ");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.json().get("detail").asText()).contains("16777216");
        assertThat(entrance.postChunked("/v1/calls", JSON, filled.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(202);
        assertThat(entrance.postChunked("/v1/calls", JSON, new byte[2 * LIMIT])).isEqualTo(413);
    }

    @Test
    void takesBatchesUpToTheLimit() {
        List<Object> calls = new ArrayList<>();
        IntStream.range(0, 10_000).forEach(i -> calls.add(Map.of("request_model", "m", "start_time", "2026")));
        assertThat(entrance.json("POST", "/v1/calls", calls).status()).isEqualTo(422);
        calls.add(calls.get(0));
        Answer answer = entrance.json("POST", "/v1/calls", calls);
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().get("detail").asText()).isEqualTo("at most 10000 events in a request");
    }

    @Test
    void standsGzipBombs() {
        byte[] bomb = Entrance.gzip(new byte[64 << 20]);
        assertThat(bomb.length).isLessThan(100_000);
        long before = used();
        for (int i = 0; i < 20; i++) {
            assertThat(entrance.send("POST", "/v1/calls", JSON, bomb, "Content-Encoding", "gzip")
                            .status())
                    .isEqualTo(413);
        }
        assertThat(used() - before).isLessThan(64L << 20);
        byte[] nested = Entrance.gzip(Entrance.gzip("{}".getBytes(StandardCharsets.UTF_8)));
        assertThat(entrance.send("POST", "/v1/calls", JSON, nested, "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(400);
        assertThat(entrance.send("POST", "/v1/calls", JSON, nested, "Content-Encoding", "gzip, gzip")
                        .status())
                .isEqualTo(415);
        assertThat(entrance.json("POST", "/v1/calls", Entrance.call("after")).status())
                .isEqualTo(202);
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "snappy", "compress", "x-unknown", "gzip, br"})
    void refusesOtherEncodings(String encoding) {
        Answer answer = entrance.send("POST", "/v1/calls", JSON, new byte[] {1, 2, 3}, "Content-Encoding", encoding);
        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void refusesAWrongEncodingOrType() {
        assertThat(entrance.send("POST", "/v1/calls", JSON, "{}".getBytes(), "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(400);
        assertThat(entrance.post("/v1/calls", "text/plain", "{}").status()).isEqualTo(415);
        assertThat(entrance.post("/v1/calls", "application/xml", "{}").status()).isEqualTo(415);
        assertThat(entrance.send("PUT", "/v1/calls", JSON, new byte[0]).status())
                .isEqualTo(405);
    }

    @Test
    void asksForALiveKeyWithTheScope() {
        assertThat(entrance.withKey("")
                        .json("POST", "/v1/calls", Entrance.call("k"))
                        .status())
                .isEqualTo(401);
        assertThat(entrance.withKey("assay_nobodyknows1_" + "a".repeat(43))
                        .json("POST", "/v1/calls", Entrance.call("k"))
                        .status())
                .isEqualTo(401);
        String reader = Entrance.builtIn(base).newKey(entrance.project, "read");
        Entrance readOnly = entrance.withKey(reader);
        readOnly.awaitKey();
        assertThat(readOnly.json("POST", "/v1/calls", Entrance.call("k")).status())
                .isEqualTo(403);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void answersAnyNonsenseWithAReason(long seed) throws Exception {
        byte[] good = Entrance.MAPPER.writeValueAsBytes(List.of(
                Entrance.call("m1", "input", "hi"),
                Entrance.call("m2", "tags", List.of("a", "b")),
                Entrance.call("m3", "metadata", Map.of("a", 1))));
        List<byte[]> mutants = Mutants.of(good, seed, 1_500);
        List<Integer> statuses = entrance.postAll("/v1/calls", JSON, mutants);
        for (int i = 0; i < mutants.size(); i++) {
            assertThat(statuses.get(i))
                    .as("seed %d, mutant %d: %s", seed, i, new String(mutants.get(i), StandardCharsets.ISO_8859_1))
                    .isIn(202, 207, 400, 422);
        }
    }

    @Test
    void takesFeedbackAndOutcomes() throws Exception {
        try (Topic topic = new Topic(Topics.FEEDBACK)) {
            Answer feedback = entrance.json(
                    "POST",
                    "/v1/feedback",
                    List.of(
                            Map.of("event_id", "f1", "user_id", "u", "rating", 5),
                            Map.of("user_id", "u", "rating", 6),
                            Map.of("call_event_id", "c1", "thumbs", "down", "text", "no")));
            assertThat(feedback.status()).isEqualTo(207);
            assertThat(firstRejection(feedback)).isEqualTo("1 rating must be <= 5, got 6");
            Instant start = Instant.now().minus(Duration.ofMinutes(5));
            Answer outcome = entrance.json(
                    "POST",
                    "/v1/outcomes",
                    Map.of("task_id", "t1", "success", true, "start_time", start.toString(), "user_id", "u"));
            assertThat(outcome.status()).isEqualTo(202);
            assertThat(ids(outcome)).isEqualTo("[\"t1\"]");
            assertThat(entrance.json("POST", "/v1/outcomes", Map.of("task_id", "t1"))
                            .status())
                    .isEqualTo(422);
            List<FeedbackEvent> events = topic.feedback(entrance.project);
            assertThat(events).hasSize(3);
            assertThat(events)
                    .filteredOn(FeedbackEvent::hasOutcome)
                    .singleElement()
                    .satisfies(event -> assertThat(event.getOutcome().getStartTimeUs())
                            .isEqualTo(event.getEnvelope().getEventTimeUs()));
        }
    }
}
