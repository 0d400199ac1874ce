package dev.assay.ingest.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.ingest.StackResource;
import dev.assay.ingest.entrance.Entrance.Answer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** LiteLLM's generic callback over HTTP, single and in lists, as it batches them. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class LiteLlmIT {
    private static final String PATH = "/v1/integrations/litellm";

    @TestHTTPResource("/")
    URI base;

    private static Map<String, Object> payload(String id) {
        double start = Instant.now().minusSeconds(60).toEpochMilli() / 1000.0;
        return new HashMap<>(Map.of(
                "id",
                id,
                "call_type",
                "acompletion",
                "status",
                "success",
                "custom_llm_provider",
                "openai",
                "model",
                "gpt-4o",
                "startTime",
                start,
                "endTime",
                start + 0.8,
                "prompt_tokens",
                25,
                "completion_tokens",
                12,
                "total_tokens",
                37));
    }

    @Test
    void takesOnePayloadOrAList() throws Exception {
        Entrance entrance = Entrance.newProject(base, "ingest");
        Map<String, Object> old = payload("old");
        old.put("startTime", 1_500_000_000);
        try (Topic topic = Topic.events()) {
            assertThat(entrance.json("POST", PATH, payload("one")).status()).isEqualTo(202);
            Answer mixed = entrance.json("POST", PATH, List.of(payload("two"), old, Map.of("id", "none")));
            assertThat(mixed.status()).isEqualTo(207);
            assertThat(mixed.json().get("rejected"))
                    .extracting(one -> one.get("index") + " " + one.get("field").asText())
                    .containsExactly("1 startTime", "2 model");
            assertThat(topic.calls(entrance.project))
                    .extracting(call -> call.getEnvelope().getEventId() + " " + call.getDialect())
                    .containsExactlyInAnyOrder("one litellm", "two litellm");
        }
        assertThat(entrance.withKey("assay_x_y")
                        .json("POST", PATH, payload("a"))
                        .status())
                .isEqualTo(401);
    }
}
