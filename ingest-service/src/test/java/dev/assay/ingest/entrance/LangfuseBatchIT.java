package dev.assay.ingest.entrance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Source;
import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.contracts.llm.v1.FeedbackEvent;
import dev.assay.ingest.StackResource;
import dev.assay.ingest.entrance.Entrance.Answer;
import dev.assay.ingest.otlp.Recording;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Langfuse's batch API with real Kafka and PostgreSQL: what is answered, and what becomes of it. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LangfuseBatchIT {
    private static final String PATH = "/api/public/ingestion";

    @TestHTTPResource("/")
    URI base;

    private Entrance entrance;

    @BeforeEach
    void project() {
        if (entrance == null) {
            entrance = Entrance.newProject(base, "ingest", "read");
        }
    }

    private static Map<String, Object> item(String type, Map<String, Object> body) {
        return Map.of(
                "id",
                UUID.randomUUID().toString(),
                "type",
                type,
                "timestamp",
                Instant.now().toString(),
                "body",
                body);
    }

    private Answer send(Object... items) {
        return entrance.json("POST", PATH, Map.of("batch", items, "metadata", Map.of("sdk_name", "js")));
    }

    @Test
    void takesTheRecordedScoresOfTheCurrentSdk() throws Exception {
        ObjectNode body = (ObjectNode) Entrance.MAPPER.readTree(
                Recording.of("langfuse-v5-scores.ingestion.json").json());
        for (JsonNode item : body.get("batch")) {
            ((ObjectNode) item).put("timestamp", Instant.now().toString());
        }
        String basic = "Basic " + Base64.getEncoder().encodeToString(("pk-lf-any:" + entrance.key).getBytes());
        try (Topic topic = new Topic(Topics.FEEDBACK)) {
            Answer answer = entrance.send(
                    "POST", PATH, "application/json", Entrance.MAPPER.writeValueAsBytes(body), "Authorization", basic);
            assertThat(answer.status()).isEqualTo(207);
            assertThat(answer.json().get("errors")).isEmpty();
            assertThat(answer.json().get("successes"))
                    .extracting(one -> one.get("id").asText() + " " + one.get("status"))
                    .containsExactly(
                            "2606b79e-2d51-44c3-abef-610783ec512a 201", "52008571-4dcc-4722-8c29-0e9b3ab6c27b 201");
            List<FeedbackEvent> events = topic.feedback(entrance.project);
            assertThat(events).hasSize(2);
            FeedbackEvent helpful = event(events, "4c46411f-2ca9-44d8-be87-1af917587bf6");
            assertThat(helpful.getFeedback().getScore().getName()).isEqualTo("helpfulness");
            assertThat(helpful.getFeedback().getScore().getValue()).isEqualTo(0.9);
            assertThat(helpful.getFeedback().getScore().getExplanation()).isEqualTo("ok");
            assertThat(helpful.getEnvelope().getSource()).isEqualTo(Source.SOURCE_LANGFUSE_BATCH);
            assertThat(event(events, "d076a97f-b0e3-43e5-9d66-1aa2fb9ae4e3")
                            .getFeedback()
                            .getThumbs())
                    .isEqualTo(Feedback.Thumbs.THUMBS_UP);
        }
    }

    private static FeedbackEvent event(List<FeedbackEvent> events, String id) {
        return events.stream()
                .filter(event -> event.getEnvelope().getEventId().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest(name = "update first: {0}")
    @ValueSource(booleans = {false, true})
    void mergesAnUpdateWithoutTraceIdIntoItsCreate(boolean updateFirst) {
        String id = UUID.randomUUID().toString();
        String trace = UUID.randomUUID().toString();
        Instant start = Instant.now().minusSeconds(30);
        Map<String, Object> create = item(
                "generation-create",
                Map.of("id", id, "traceId", trace, "startTime", start.toString(), "model", "gpt-4o", "input", "2+2?"));
        Map<String, Object> update = item(
                "generation-update",
                Map.of(
                        "id", id,
                        "endTime", start.plusMillis(1600).toString(),
                        "completionStartTime", start.plusMillis(500).toString(),
                        "usage", Map.of("promptTokens", 25, "completionTokens", 12, "totalTokens", 37)));
        Map<String, Object> ofTrace = item("trace-create", Map.of("id", trace, "userId", "u1"));
        for (int twice = 0; twice < 2; twice++) {
            assertThat(send(updateFirst ? update : create).status()).isEqualTo(207);
            assertThat(send(updateFirst ? create : update, ofTrace).status()).isEqualTo(207);
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode call =
                    entrance.send("GET", "/v1/calls/" + id, "", new byte[0]).json();
            assertThat(call.path("input_tokens").asLong()).isEqualTo(25);
            assertThat(call.path("output_tokens").asLong()).isEqualTo(12);
            assertThat(call.path("duration_ms").asDouble()).isEqualTo(1600);
            assertThat(call.path("ttft_ms").asDouble()).isEqualTo(500);
            assertThat(call.path("user_id").asText()).isEqualTo("u1");
            assertThat(call.path("trace_id").asText()).isEqualTo(trace);
            assertThat(call.path("source").asText()).isEqualTo("langfuse_batch");
        });
    }

    @Test
    void countsEachObservationOnceHoweverOftenItIsSent() {
        Entrance fresh = Entrance.newProject(base, "ingest", "read");
        Map<String, Object> body = Map.of("id", "g1", "startTime", Instant.now().toString(), "model", "gpt-4o");
        Object batch = Map.of("batch", List.of(item("generation-create", body), Map.of("id", "x", "type", "nothing")));
        for (int i = 0; i < 3; i++) {
            assertThat(fresh.json("POST", PATH, batch).status()).isEqualTo(207);
        }
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            JsonNode counters =
                    fresh.send("GET", "/v1/status", "", new byte[0]).json().get("counters");
            assertThat(counters.get("accepted").asLong()).isEqualTo(1);
            assertThat(counters.get("duplicate").asLong()).isEqualTo(2);
            assertThat(counters.get("rejected").asLong()).isEqualTo(3);
            assertThat(counters.get("received").asLong()).isEqualTo(6);
        });
    }

    @Test
    void answersForEachItemByItself() {
        Answer answer = entrance.json(
                "POST",
                PATH,
                Map.of(
                        "batch",
                        List.of(
                                Map.of("id", "a", "type", "sdk-log", "timestamp", "", "body", Map.of("log", "x")),
                                Map.of("id", "b", "type", "dataset-create", "timestamp", "", "body", Map.of()),
                                Map.of("id", "c", "type", "span-create", "timestamp", "now", "body", Map.of()),
                                Map.of(
                                        "id",
                                        "d",
                                        "type",
                                        "trace-create",
                                        "timestamp",
                                        "2020-01-01T00:00:00Z",
                                        "body",
                                        Map.of()),
                                "text")));
        assertThat(answer.status()).isEqualTo(207);
        assertThat(answer.json().get("successes")).hasSize(1);
        assertThat(answer.json().get("errors"))
                .extracting(one -> one.get("id").asText() + " " + one.get("status") + " "
                        + one.get("message").asText().split(" ", 2)[0])
                .containsExactly("b 400 type", "c 400 timestamp", "d 400 timestamp", " 400 id");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"", "[]", "{}", "{\"batch\":{}}", "{\"batch\":[", "{\"batch\":[]} x", "nonsense"})
    void refusesWhatIsNoBatch(String body) {
        Answer answer = entrance.post(PATH, "application/json", body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).startsWith("application/problem+json");
    }

    @Test
    void takesAnEmptyBatchAndNoOtherKeys() {
        assertThat(entrance.post(PATH, "application/json", "{\"batch\":[]}").status())
                .isEqualTo(207);
        assertThat(entrance.withKey("")
                        .post(PATH, "application/json", "{\"batch\":[]}")
                        .status())
                .isEqualTo(401);
        Entrance reader = Entrance.builtIn(base).withKey(Entrance.builtIn(base).newKey(entrance.project, "read"));
        await().atMost(Duration.ofSeconds(15))
                .until(() ->
                        reader.post(PATH, "application/json", "{\"batch\":[]}").status() == 403);
    }
}
