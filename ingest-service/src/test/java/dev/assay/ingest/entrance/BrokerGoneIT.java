package dev.assay.ingest.entrance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.ingest.StackResource;
import dev.assay.ingest.entrance.Entrance.Answer;
import dev.assay.localstack.TestStack;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What clients hear while Kafka is gone: within five seconds, that they should come back. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class BrokerGoneIT {
    private static final Duration HEARD = Duration.ofSeconds(5);

    @TestHTTPResource("/")
    URI base;

    @TestHTTPResource(value = "/q/health/ready", management = true)
    URI ready;

    @Test
    void saysSoWithinFiveSecondsAndServesAgainWhenItIsBack() throws Exception {
        Entrance entrance = Entrance.newProject(base, "ingest");
        byte[] export = Exports.of(Exports.chat("0102030405060730")).toByteArray();
        TestStack.shared().stopBroker();
        try {
            Answer rest = timed(() -> entrance.json("POST", "/v1/calls", Entrance.call("gone")));
            assertThat(rest.status()).isEqualTo(503);
            assertThat(rest.header("retry-after")).isEqualTo("2");
            assertThat(rest.contentType()).startsWith("application/problem+json");
            Answer refused = timed(() -> entrance.json("POST", "/v1/calls", Map.of()));
            assertThat(refused.status()).isEqualTo(503);
            Answer otlp = timed(() -> entrance.send("POST", "/v1/traces", "application/x-protobuf", export));
            assertThat(otlp.status()).isEqualTo(503);
            assertThat(otlp.header("retry-after")).isEqualTo("2");
            Answer feedback = timed(() -> entrance.json("POST", "/v1/feedback", List.of(Map.of("rating", 5))));
            assertThat(feedback.status()).isEqualTo(503);
            Answer langfuse = timed(() -> entrance.json("POST", "/api/public/ingestion", batch()));
            assertThat(langfuse.status()).isEqualTo(503);
            assertThat(langfuse.header("retry-after")).isEqualTo("2");
            assertThat(timed(() -> overGrpc(entrance))).isEqualTo(Status.Code.UNAVAILABLE);
            Entrance management = new Entrance(ready, "", "");
            assertThat(management
                            .send("GET", "/q/health/ready", "", new byte[0])
                            .status())
                    .isEqualTo(503);
            assertThat(management.send("GET", "/q/health/live", "", new byte[0]).status())
                    .isEqualTo(200);
        } finally {
            TestStack.shared().startBroker();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> entrance.json("POST", "/v1/calls", Entrance.call("back"))
                                .status()
                        == 202);
    }

    /** A client that tries again as it is told to loses nothing and counts nothing twice, whenever the broker stops. */
    @Test
    void losesNothingThatItAccepted() throws Exception {
        Entrance entrance = Entrance.newProject(base, "ingest", "read");
        int calls = 60;
        for (int i = 0; i < calls; i++) {
            Map<String, Object> call = Entrance.call("kept-" + i);
            if (i == 20) {
                TestStack.shared().stopBroker();
                try {
                    assertThat(entrance.json("POST", "/v1/calls", call).status())
                            .isEqualTo(503);
                } finally {
                    TestStack.shared().startBroker();
                }
            }
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> entrance.json("POST", "/v1/calls", call).status() == 202);
        }
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode counters =
                    entrance.send("GET", "/v1/status", "", new byte[0]).json().get("counters");
            assertThat(counters.get("accepted").asInt()).isEqualTo(calls);
            assertThat(counters.get("dead_lettered").asInt()).isZero();
        });
    }

    private static Map<String, Object> batch() {
        return Map.of(
                "batch",
                List.of(Map.of(
                        "id",
                        "i1",
                        "type",
                        "span-create",
                        "timestamp",
                        Instant.now().toString(),
                        "body",
                        Map.of())));
    }

    private static <T> T timed(Callable<T> request) throws Exception {
        long start = System.nanoTime();
        T answer = request.call();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(HEARD);
        return answer;
    }

    private static Status.Code overGrpc(Entrance entrance) {
        ManagedChannel channel = ManagedChannelBuilder.forAddress(entrance.base.getHost(), entrance.base.getPort())
                .usePlaintext()
                .build();
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + entrance.key);
        try {
            TraceServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                    .export(Exports.of(Exports.chat("0102030405060731")));
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            assertThat(Status.trailersFromThrowable(e).keys()).contains("grpc-status-details-bin");
            return e.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }
}
