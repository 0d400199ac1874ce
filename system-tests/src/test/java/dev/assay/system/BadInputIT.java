package dev.assay.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.localstack.Service;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets the documented answer, costs its neighbours nothing, and the service goes on serving. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
    private static final int MIB = 1024 * 1024;

    private RunningStack stack;
    private Api api;

    @BeforeAll
    void start() {
        stack = RunningStack.shared();
        api = new Api(stack.url(Service.INGEST), stack.key());
    }

    @AfterEach
    void stillServes() {
        assertThat(api.post("/v1/calls", call("")).status()).isEqualTo(202);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,2", "\"text\"", "nul", "", "{\"start_time\": }"})
    void malformedJsonIsRefusedWhole(String body) {
        Api.Answer answer = api.post("/v1/calls", body);
        assertThat(answer.status()).isIn(400, 422);
        assertProblemOrRejections(answer);
    }

    @Test
    void oneBadLineOfNdjsonCostsItsNeighboursNothing() {
        String lines = call("") + "\n{\"start_time\": oops}\n" + call("") + "\n";
        Api.Answer answer = api.post("/v1/calls", "application/x-ndjson", lines);
        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.json().get("accepted").asInt()).isEqualTo(2);
        assertThat(answer.json().at("/rejected/0/index").asInt()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "input_tokens   | -3",
                "output_tokens  | \"many\"",
                "start_time     | \"1970-01-01T00:00:00Z\"",
                "start_time     | \"2100-01-01T00:00:00Z\"",
                "start_time     | 17",
                "status         | \"fine\"",
                "input_tokens   | 1.5",
                "input_tokens   | 92233720368547758070",
            })
    void aBadValueIsNamedWithItsField(String field, String value) {
        Api.Answer answer = api.post("/v1/calls", "[" + call("") + "," + call("\"" + field + "\":" + value) + "]");
        assertThat(answer.status()).as(answer.body()).isEqualTo(207);
        JsonNode rejected = answer.json().at("/rejected/0");
        assertThat(rejected.get("index").asInt()).isEqualTo(1);
        assertThat(rejected.get("field").asText()).isEqualTo(field);
        assertThat(rejected.get("reason").asText()).isNotBlank();
    }

    @Test
    void unknownFieldsAreKeptAsMetadata() {
        Api.Answer answer = api.post("/v1/calls", call("\"colour_of_the_button\":\"green\""));
        assertThat(answer.status()).isEqualTo(202);
    }

    @Test
    void aBodyOverTheLimitIsTooLarge() {
        String text = "x".repeat(17 * MIB);
        assertThat(api.post("/v1/calls", call("\"output\":\"" + text + "\"")).status())
                .isEqualTo(413);
    }

    @Test
    void tenMebibytesOfTextAreCutNotRefusedWholesale() {
        String text = "y".repeat(10 * MIB);
        Api.Answer answer = api.post("/v1/calls", "[" + call("\"output\":\"" + text + "\"") + "," + call("") + "]");
        assertThat(answer.status())
                .as(answer.body().substring(0, Math.min(300, answer.body().length())))
                .isIn(202, 207);
        assertThat(answer.json().get("accepted").asInt()).isGreaterThanOrEqualTo(1);
    }

    @Test
    void aGzipBombIsStoppedAtTheLimit() throws IOException {
        byte[] bomb = gzip(new byte[200 * MIB]);
        assertThat(bomb.length).isLessThan(MIB);
        Api.Answer answer = api.post("/v1/calls", bomb, "Content-Type", "application/json", "Content-Encoding", "gzip");
        assertThat(answer.status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "snappy", "gzip, gzip", "nonsense"})
    void otherEncodingsAreRefused(String encoding) {
        Api.Answer answer = api.post(
                "/v1/calls",
                call("").getBytes(StandardCharsets.UTF_8),
                "Content-Type",
                "application/json",
                "Content-Encoding",
                encoding);
        assertThat(answer.status()).isEqualTo(415);
    }

    @Test
    void brokenProtobufIsABadRequestInItsOwnForm() {
        Api.Answer answer =
                api.post("/v1/traces", new byte[] {10, 127, 1, 2, 3}, "Content-Type", "application/x-protobuf");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.response().headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/x-protobuf"));
        Api.Answer json = api.post("/v1/traces", "{\"resourceSpans\":[{]}");
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.json().has("message")).isTrue();
    }

    @Test
    void noKeyAndAWrongKeyAreUnauthorized() {
        String wrong = stack.key().substring(0, stack.key().length() - 4) + "AAAA";
        for (Service service : new Service[] {Service.INGEST, Service.QUALITY, Service.COST, Service.ALERT}) {
            String path = service == Service.ALERT
                    ? "/v1/alerts"
                    : service == Service.INGEST
                            ? "/v1/kpis/operations"
                            : service == Service.COST ? "/v1/kpis/cost" : "/v1/kpis/safety";
            for (String key : new String[] {"", wrong, "assay_nobody_x"}) {
                Api.Answer answer = new Api(stack.url(service), key).get(path);
                assertThat(answer.status()).as("%s with '%s'", service, key).isEqualTo(401);
                assertThat(answer.json().get("status").asInt()).isEqualTo(401);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"from,yesterday", "step,5m", "group_by,colour", "tz,Mars/Olympus", "limit,3"})
    void aBadParameterIsNamed(String parameter, String value) {
        Api.Answer answer = api.get("/v1/kpis/operations?" + parameter + "=" + value);
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.json().get("detail").asText()).isNotBlank();
    }

    @Test
    void managementIsNotOnThePublicPort() {
        assertThat(api.get("/q/health").status()).isEqualTo(404);
        assertThat(api.get("/q/metrics").status()).isEqualTo(404);
    }

    private static void assertProblemOrRejections(Api.Answer answer) {
        JsonNode json = answer.json();
        assertThat(json.has("detail") || json.has("rejected")).as(answer.body()).isTrue();
    }

    /** A good call; {@code more} comes last, so it wins over what stands before. */
    private static String call(String more) {
        String good = "\"model\":\"gpt-4o-mini\",\"request_model\":\"gpt-4o-mini\",\"duration_ms\":12";
        boolean ownStart = more.startsWith("\"start_time\"");
        String start = ownStart ? "" : ",\"start_time\":\"" + Instant.now() + "\"";
        return "{" + good + start + (more.isEmpty() ? "" : "," + more) + "}";
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }
}
