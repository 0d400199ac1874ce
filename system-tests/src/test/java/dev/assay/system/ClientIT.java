package dev.assay.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.client.AssayClient;
import dev.assay.client.ClientStatistics;
import dev.assay.client.Feedback;
import dev.assay.client.LlmCall;
import dev.assay.localstack.Service;
import dev.assay.localstack.ServiceProcess;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The Java client against a real ingest-service that is killed while it reports: each call counts once. */
class ClientIT {
    private static final String PROJECT = "java-client";
    private static final int CALLS = 3_000;

    @Test
    void everyCallCountsOnceThoughTheServiceIsKilledMeanwhile() throws IOException {
        RunningStack stack = RunningStack.shared();
        String key = Projects.create(stack, PROJECT);
        ServiceProcess ingest = stack.replicas(Service.INGEST).get(0);
        ClientStatistics end;
        try (AssayClient client = AssayClient.to(ingest.url(), key)
                .batch(50)
                .flushInterval(Duration.ofMillis(50))
                .closeTimeout(Duration.ofMinutes(2))
                .build()) {
            report(client, 0, CALLS / 2);
            ingest.kill();
            report(client, CALLS / 2, CALLS);
            ingest.start();
            ingest.awaitReady(Duration.ofMinutes(2));
            assertThat(client.flush(Duration.ofMinutes(2))).isTrue();
            end = client.statistics();
        }
        assertThat(end).isEqualTo(new ClientStatistics(CALLS + 2, CALLS + 2, 0, 0, 0));
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().untilAsserted(() -> {
            JsonNode operations = kpis(stack, Service.INGEST, key, "/v1/kpis/operations");
            assertThat(operations.at("/calls/value").asLong()).isEqualTo(CALLS);
            assertThat(operations.at("/input_tokens/value").asLong()).isEqualTo(CALLS * 1_000L);
            assertThat(new BigDecimal(kpis(stack, Service.COST, key, "/v1/kpis/cost")
                            .at("/list_cost/value")
                            .asText()))
                    .isEqualByComparingTo("0.81"); // 1,000 at 0.15 USD and 200 at 0.60 USD a million, each
            assertThat(kpis(stack, Service.QUALITY, key, "/v1/kpis/users")
                            .at("/csat_mean/count")
                            .asLong())
                    .isEqualTo(2);
        });
    }

    private static void report(AssayClient client, int from, int to) {
        LlmCall call = null;
        for (int i = from; i < to; i++) {
            call = LlmCall.of("gpt-4o-mini", Instant.now().minusSeconds(60))
                    .provider("openai")
                    .app("client-app")
                    .duration(Duration.ofMillis(700))
                    .inputTokens(1_000L)
                    .outputTokens(200L)
                    .build();
            assertThat(client.record(call)).isTrue();
        }
        assertThat(client.record(
                        Feedback.on(call.eventId()).rating(5).userId("u1").build()))
                .isTrue();
    }

    private static JsonNode kpis(RunningStack stack, Service service, String key, String path) {
        Api.Answer answer = new Api(stack.url(service), key).get(path + "?from=now-1h&to=now%2B1m");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().at("/groups/0/kpis");
    }
}
