package dev.assay.ingest.entrance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.StackResource;
import dev.assay.ingest.entrance.Entrance.Answer;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A project's content policy and rate limit, set over the API. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class PolicyIT {
    private static final String SECRET = "write to jane@example.com";

    @TestHTTPResource("/")
    URI base;

    private Answer set(Entrance project, String policy) {
        return Entrance.builtIn(base)
                .send("PUT", "/v1/projects/" + project.project + "/policy", "application/json", policy.getBytes());
    }

    private static String input(Topic topic, Entrance project) throws Exception {
        assertThat(project.json("POST", "/v1/calls", Entrance.call("c", "input", SECRET))
                        .status())
                .isEqualTo(202);
        List<Call> calls = topic.calls(project.project);
        return calls.get(calls.size() - 1).getInput();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"redact, write to [email]", "hash, hmac:", "drop, ''"})
    void treatsTextsBeforeTheyReachKafka(String mode, String kept) throws Exception {
        Entrance project = Entrance.newProject(base, "ingest");
        assertThat(set(project, "{\"content\":\"" + mode + "\"}").status()).isEqualTo(200);
        try (Topic topic = Topic.events()) {
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() ->
                            assertThat(input(topic, project)).contains(kept).doesNotContain("jane@"));
        }
    }

    @Test
    void holdsAProjectToItsRateAndNobodyElse() {
        Entrance noisy = Entrance.newProject(base, "ingest");
        Entrance quiet = Entrance.newProject(base, "ingest");
        assertThat(set(noisy, "{\"events_per_second\":1}").status()).isEqualTo(200);
        List<Map<String, Object>> batch = IntStream.range(0, 60)
                .mapToObj(i -> (Map<String, Object>) new HashMap<>(Entrance.call("n" + i)))
                .toList();
        Answer[] refused = new Answer[1];
        await().atMost(Duration.ofSeconds(15)).until(() -> {
            refused[0] = noisy.json("POST", "/v1/calls", batch);
            return refused[0].status() == 429;
        });
        assertThat(Integer.parseInt(refused[0].header("retry-after"))).isBetween(1, 120);
        assertThat(noisy.json("POST", "/v1/feedback", Map.of("rating", 5)).status())
                .isEqualTo(429);
        assertThat(noisy.send(
                                "POST",
                                "/v1/traces",
                                "application/x-protobuf",
                                Exports.of(Exports.chat("0102030405060750")).toByteArray())
                        .status())
                .isEqualTo(429);
        assertThat(overGrpc(noisy)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(quiet.json("POST", "/v1/calls", batch).status()).isEqualTo(202);
    }

    private static Status.Code overGrpc(Entrance project) {
        ManagedChannel channel = ManagedChannelBuilder.forAddress(project.base.getHost(), project.base.getPort())
                .usePlaintext()
                .build();
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + project.key);
        try {
            TraceServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .export(Exports.of(Exports.chat("0102030405060751")));
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            // RetryInfo: without it, clients of OTLP drop the batch
            assertThat(Status.trailersFromThrowable(e).keys()).contains("grpc-status-details-bin");
            return e.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void showsAndChecksThePolicy() {
        Entrance project = Entrance.newProject(base, "admin");
        String path = "/v1/projects/" + project.project + "/policy";
        assertThat(project.send("GET", path, "", new byte[0]).text())
                .isEqualTo("{\"content\":\"keep\",\"events_per_second\":null}");
        assertThat(set(project, "{\"content\":\"drop\",\"events_per_second\":100}")
                        .status())
                .isEqualTo(200);
        assertThat(project.send("GET", path, "", new byte[0]).text())
                .isEqualTo("{\"content\":\"drop\",\"events_per_second\":100}");
        for (String bad :
                List.of("{\"content\":\"burn\"}", "{\"events_per_second\":0}", "{\"events_per_second\":\"many\"}")) {
            assertThat(set(project, bad).status()).isEqualTo(422);
        }
        Entrance other = Entrance.newProject(base, "admin");
        assertThat(other.send("GET", path, "", new byte[0]).status()).isEqualTo(404);
        assertThat(other.send("PUT", path, "application/json", "{}".getBytes()).status())
                .isEqualTo(404);
    }
}
