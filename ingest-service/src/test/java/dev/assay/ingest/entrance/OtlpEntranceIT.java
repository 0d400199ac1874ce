package dev.assay.ingest.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.google.rpc.Status;
import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Source;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.RecordKind;
import dev.assay.ingest.StackResource;
import dev.assay.ingest.entrance.Entrance.Answer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OTLP over HTTP with real Kafka and PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OtlpEntranceIT {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    @TestHTTPResource("/")
    URI base;

    private Entrance entrance;

    @BeforeEach
    void project() {
        if (entrance == null) {
            entrance = Entrance.newProject(base, "ingest");
        }
    }

    private Answer traces(String contentType, byte[] body, String... headers) {
        return entrance.send("POST", "/v1/traces", contentType, body, headers);
    }

    @ParameterizedTest
    @CsvSource({
        "langfuse-v5-otel.traces.json, 9, 8",
        "openinference-js.traces-json-gzip.json, 10, 10",
        "openlit-js.traces.json, 7, 7",
        "traceloop-js.traces.json, 8, 7",
        "vercel-ai-v5.traces.json, 14, 7",
        "vercel-ai-v7.traces.json, 20, 8",
    })
    void takesWhatClientsSend(String recording, int kept, int countable) throws Exception {
        byte[] body = Exports.jsonOf(recording);
        try (Topic topic = Topic.events()) {
            Answer answer = traces(JSON, body);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{}");
            assertThat(answer.contentType()).isEqualTo(JSON);
            Answer zipped = traces(JSON + "; charset=utf-8", Entrance.gzip(body), "Content-Encoding", "gzip");
            assertThat(zipped.status()).isEqualTo(200);
            List<Call> calls = topic.calls(entrance.project);
            assertThat(calls).hasSize(2 * kept);
            assertThat(calls).filteredOn(Call::getCountable).hasSize(2 * countable);
            assertThat(calls).extracting(call -> call.getEnvelope().getSource()).containsOnly(Source.SOURCE_OTLP_HTTP);
            assertThat(calls).extracting(Call::getRecordKind).containsOnly(RecordKind.RECORD_KIND_SPAN);
        }
    }

    @Test
    void takesProtobufAndAnswersInIt() throws Exception {
        byte[] body = Exports.protobufOf("openinference-js.traces-protobuf-gzip.json");
        try (Topic topic = Topic.events()) {
            Answer answer = traces(PROTOBUF, Entrance.gzip(body), "Content-Encoding", "gzip");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.contentType()).isEqualTo(PROTOBUF);
            assertThat(ExportTraceServiceResponse.parseFrom(answer.body()).hasPartialSuccess())
                    .isFalse();
            assertThat(topic.calls(entrance.project)).hasSize(10);
        }
    }

    @Test
    void takesZstdAsTheCollectorMaySendIt() throws Exception {
        byte[] body = Exports.protobufOf("openinference-js.traces-protobuf-gzip.json");
        try (Topic topic = Topic.events()) {
            Answer answer = traces(PROTOBUF, Zstd.compress(body), "Content-Encoding", "zstd");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(topic.calls(entrance.project)).hasSize(10);
        }
        Answer bomb = traces(PROTOBUF, Zstd.compress(new byte[64 << 20]), "Content-Encoding", "zstd");
        assertThat(bomb.status()).isEqualTo(413);
        assertThat(traces(PROTOBUF, body, "Content-Encoding", "zstd").status()).isEqualTo(400);
    }

    @Test
    void tellsLangSmithsSdksWhatTheyAskForFirst() {
        Answer info = entrance.withKey("").send("GET", "/info", "", new byte[0]);
        assertThat(info.status()).isEqualTo(200);
        assertThat(info.json().get("version").asText()).isNotEmpty();
        assertThat(info.json().has("batch_ingest_config")).isFalse();
    }

    @Test
    void takesNothingForSuccess() throws Exception {
        assertThat(traces(PROTOBUF, new byte[0]).status()).isEqualTo(200);
        assertThat(traces(JSON, "{}".getBytes()).text()).isEqualTo("{}");
        assertThat(traces(JSON, "{\"resourceSpans\":[],\"newField\":{\"a\":[1]}}".getBytes())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void rejectsSpansOneByOne() throws Exception {
        ExportTraceServiceRequest request = Exports.of(
                Exports.chat("0102030405060708"),
                Exports.chat("0000000000000000"),
                Exports.chat("0102030405060709").setTraceId(Exports.bytes("00".repeat(16))),
                Exports.chat("010203040506070a").setStartTimeUnixNano(1),
                Exports.chat("0102"));
        try (Topic topic = Topic.events()) {
            Answer answer = traces(PROTOBUF, request.toByteArray());
            assertThat(answer.status()).isEqualTo(200);
            var partial = ExportTraceServiceResponse.parseFrom(answer.body()).getPartialSuccess();
            assertThat(partial.getRejectedSpans()).isEqualTo(4);
            assertThat(partial.getErrorMessage())
                    .startsWith("spans[1] span_id must be 8 bytes, not all zero;")
                    .endsWith("4 rejected");
            assertThat(topic.calls(entrance.project)).hasSize(1);
        }
        Answer json = traces(
                JSON,
                ("{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\"" + "0".repeat(32)
                                + "\",\"spanId\":\"0102030405060708\"}]}]}]}")
                        .getBytes());
        assertThat(json.json().get("partialSuccess").get("rejectedSpans").asText())
                .isEqualTo("1");
    }

    @Test
    void readsHexOfAnyCaseAndNumbersInText() throws Exception {
        long start = Exports.nanosAgo(10);
        String body = "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{\"traceId\":\""
                + Exports.TRACE.toUpperCase() + "\",\"spanId\":\"ABCDEF0123456789\",\"startTimeUnixNano\":" + start
                + ",\"endTimeUnixNano\":\"" + (start + 5_000_000) + "\",\"attributes\":["
                + "{\"key\":\"gen_ai.operation.name\",\"value\":{\"stringValue\":\"chat\"}},"
                + "{\"value\":{\"intValue\":\"25\"},\"key\":\"gen_ai.usage.input_tokens\"},"
                + "{\"key\":\"gen_ai.usage.output_tokens\",\"value\":{\"intValue\":12}}]}]}]}]}";
        try (Topic topic = Topic.events()) {
            assertThat(traces(JSON, body.getBytes()).text()).isEqualTo("{}");
            Call call = topic.calls(entrance.project).get(0);
            assertThat(call.getEnvelope().getEventId()).isEqualTo(Exports.TRACE + ":abcdef0123456789");
            assertThat(call.getInputTokens()).isEqualTo(25);
            assertThat(call.getDurationUs()).isEqualTo(5_000);
        }
    }

    @Test
    void takesLogsUnderTheIdsOfTheirSpans() throws Exception {
        byte[] body = Exports.jsonOf("otel-contrib-js.logs.json");
        try (Topic topic = Topic.events()) {
            assertThat(entrance.send("POST", "/v1/logs", JSON, body).text()).isEqualTo("{}");
            List<Call> calls = topic.calls(entrance.project);
            assertThat(calls).hasSize(8);
            assertThat(calls).extracting(Call::getRecordKind).containsOnly(RecordKind.RECORD_KIND_LOG);
        }
    }

    @Test
    void takesResultsOfEvaluationsAsScores() throws Exception {
        String record =
                "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"eventName\":\"gen_ai.evaluation.result\","
                        + "\"timeUnixNano\":\"" + Exports.nanosAgo(1) + "\",\"traceId\":\"" + Exports.TRACE
                        + "\",\"spanId\":\"0102030405060760\",\"attributes\":["
                        + "{\"key\":\"gen_ai.evaluation.name\",\"value\":{\"stringValue\":\"Relevance\"}},"
                        + "{\"key\":\"gen_ai.evaluation.score.value\",\"value\":{\"doubleValue\":0.75}}]}]}]}]}";
        try (Topic topic = new Topic(Topics.FEEDBACK)) {
            Answer answer = entrance.send("POST", "/v1/logs", JSON, record.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.text()).isEqualTo("{}");
            assertThat(topic.feedback(entrance.project))
                    .singleElement()
                    .satisfies(
                            event -> assertThat(event.getFeedback().getScore().getValue())
                                    .isEqualTo(0.75));
        }
    }

    @Test
    void isFoundWhereSdksLookForIt() {
        String basic = "Basic " + Base64.getEncoder().encodeToString(("pk-lf-any:" + entrance.key).getBytes());
        assertThat(entrance.send("POST", "/api/public/otel/v1/traces", JSON, "{}".getBytes(), "Authorization", basic)
                        .status())
                .isEqualTo(200);
        assertThat(entrance.withKey("")
                        .send("POST", "/otel/v1/traces", PROTOBUF, new byte[0], "x-api-key", entrance.key)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tellsFailuresInTheRequestsEncoding() throws Exception {
        Answer protobuf = traces(PROTOBUF, "no protobuf".getBytes());
        assertThat(protobuf.status()).isEqualTo(400);
        assertThat(protobuf.contentType()).isEqualTo(PROTOBUF);
        assertThat(Status.parseFrom(protobuf.body()).getCode()).isEqualTo(3);
        Answer json = traces(JSON, "{\"resourceSpans\":7}".getBytes());
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.json().get("code").asInt()).isEqualTo(3);
        assertThat(json.json().get("message").asText()).isNotEmpty();
        Answer unknown = entrance.withKey("").send("POST", "/v1/traces", PROTOBUF, new byte[0]);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(Status.parseFrom(unknown.body()).getCode()).isEqualTo(16);
        assertThat(traces("text/plain", new byte[0]).status()).isEqualTo(415);
        assertThat(traces(PROTOBUF, new byte[] {1}, "Content-Encoding", "br").status())
                .isEqualTo(415);
        assertThat(traces(PROTOBUF, new byte[] {1}, "Content-Encoding", "gzip").status())
                .isEqualTo(400);
        Answer bomb = traces(PROTOBUF, Entrance.gzip(new byte[64 << 20]), "Content-Encoding", "gzip");
        assertThat(bomb.status()).isEqualTo(413);
        assertThat(Status.parseFrom(bomb.body()).getCode()).isEqualTo(8);
        assertThat(entrance.send("GET", "/v1/traces", "", new byte[0]).status()).isEqualTo(405);
    }

    @Test
    void answersEveryBeginningOfARequest() throws Exception {
        for (Integer status : entrance.postAll(
                "/v1/traces", PROTOBUF, Mutants.beginnings(Exports.protobufOf("otel-contrib-js.traces.json")))) {
            assertThat(status).isIn(200, 400);
        }
        byte[] json = ("{\"resourceSpans\":[{\"scopeSpans\":[{\"scope\":{\"name\":\"x\"},\"spans\":[{\"traceId\":\""
                        + Exports.TRACE + "\",\"spanId\":\"0102030405060708\",\"startTimeUnixNano\":\"1\","
                        + "\"attributes\":[{\"key\":\"a\",\"value\":{\"arrayValue\":{\"values\":"
                        + "[{\"intValue\":\"1\"}]}}}]}]}]}]}")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(entrance.postAll("/v1/traces", JSON, Mutants.beginnings(json)))
                .containsOnly(400);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void answersAnyNonsenseWithAReason(long seed) throws Exception {
        byte[] protobuf = Exports.protobufOf("traceloop-js.traces.json");
        for (Integer status : entrance.postAll("/v1/traces", PROTOBUF, Mutants.of(protobuf, seed, 1_500))) {
            assertThat(status).isIn(200, 400);
        }
        byte[] json = Exports.jsonOf("langfuse-v5-otel.traces.json");
        for (Integer status : entrance.postAll("/v1/traces", JSON, Mutants.of(json, seed, 500))) {
            assertThat(status).isIn(200, 400);
        }
    }

    @Test
    void standsDepthWidthAndLength() throws Exception {
        AnyValue deep = AnyValue.newBuilder().setStringValue("x").build();
        for (int i = 0; i < 60; i++) {
            deep = AnyValue.newBuilder()
                    .setArrayValue(ArrayValue.newBuilder().addValues(deep))
                    .build();
        }
        Span.Builder fine = Exports.chat("0102030405060711")
                .addAttributes(KeyValue.newBuilder().setKey("deep").setValue(deep));
        assertThat(traces(PROTOBUF, Exports.of(fine).toByteArray()).status()).isEqualTo(200);
        assertThat(traces(PROTOBUF, nested(10_000)).status()).isEqualTo(400);

        Span.Builder wide = Exports.chat("0102030405060712");
        for (int i = 0; i < 700_000; i++) {
            wide.addAttributes(Exports.number("a" + (i % 10), 1));
        }
        assertThat(traces(PROTOBUF, Exports.of(wide).toByteArray()).status()).isEqualTo(200);

        try (Topic topic = Topic.events()) {
            Span.Builder large = Exports.chat("0102030405060713")
                    .addAttributes(Exports.text("gen_ai.input.messages", "x".repeat(10 << 20)));
            assertThat(traces(PROTOBUF, Exports.of(large).toByteArray()).status())
                    .isEqualTo(200);
            Call call = topic.calls(entrance.project).get(0);
            assertThat(call.getTruncatedList()).containsExactly("input");
            assertThat(call.getSerializedSize()).isLessThan(100_000);
        }
    }

    /** An attribute value nested so deep that the generated classes could not write it. */
    private static byte[] nested(int depth) {
        byte[] value = {};
        for (int i = 0; i < depth; i++) {
            value = field(42, field(10, value));
        }
        byte[] attribute = field(74, field(18, value));
        return field(10, field(18, field(18, attribute)));
    }

    private static byte[] field(int tag, byte[] content) {
        var out = new java.io.ByteArrayOutputStream(content.length + 12);
        for (int number : new int[] {tag, content.length}) {
            int left = number;
            while (left > 127) {
                out.write(left & 127 | 128);
                left >>>= 7;
            }
            out.write(left);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }
}
