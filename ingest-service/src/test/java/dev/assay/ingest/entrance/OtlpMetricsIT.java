package dev.assay.ingest.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.ingest.StackResource;
import dev.assay.ingest.entrance.Entrance.Answer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OTLP metrics over HTTP: each point counts once, and what is read is what they grew by. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
class OtlpMetricsIT {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String DURATION = "gen_ai.client.operation.duration";

    @TestHTTPResource("/")
    URI base;

    private Entrance entrance;

    @BeforeEach
    void project() {
        entrance = Entrance.newProject(base, "ingest", "read");
    }

    private static ExportMetricsServiceRequest request(Metric metric) {
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
                .build();
    }

    private static ExportMetricsServiceRequest durations(
            AggregationTemporality temporality, long start, long time, long count, double sum) {
        return request(Metric.newBuilder()
                .setName(DURATION)
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(temporality)
                        .addDataPoints(HistogramDataPoint.newBuilder()
                                .setStartTimeUnixNano(start)
                                .setTimeUnixNano(time)
                                .setCount(count)
                                .setSum(sum)
                                .addExplicitBounds(1)
                                .addBucketCounts(count)
                                .addBucketCounts(0)
                                .addAttributes(Exports.text("gen_ai.request.model", "gpt-4o"))))
                .build());
    }

    private void send(ExportMetricsServiceRequest request) {
        Answer answer = entrance.send("POST", "/v1/metrics", PROTOBUF, request.toByteArray());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    private List<String> figures(String query) {
        Answer answer = entrance.send("GET", "/v1/client-metrics" + query, "", new byte[0]);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        List<String> figures = new ArrayList<>();
        for (JsonNode item : answer.json().get("items")) {
            JsonNode by = item.get("by");
            figures.add((by.path("operation").asText() + " " + by.path("model").asText() + " "
                            + by.path("token_type").asText() + " " + item.get("count") + " " + item.get("sum"))
                    .strip());
        }
        return figures;
    }

    @Test
    void keepsTheRecordedMetricsOnceHoweverOftenTheyAreSent() throws Exception {
        byte[] body = Exports.jsonOf("otel-contrib-js.metrics.json");
        for (String path : List.of("/v1/metrics", "/api/public/otel/v1/metrics", "/v1/metrics")) {
            Answer answer = entrance.send("POST", path, "application/json", body);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{}");
        }
        assertThat(figures("?name=gen_ai.client.token.usage"))
                .containsExactlyInAnyOrder(
                        "chat gpt-4o-mini-2024-07-18 input 5 125.0",
                        "chat gpt-4o-mini-2024-07-18 output 5 60.0",
                        "embeddings text-embedding-3-small input 1 8.0");
        JsonNode status =
                entrance.send("GET", "/v1/status", "", new byte[0]).json().get("counters");
        assertThat(status.get("received").asLong()).isZero(); // metrics never become calls
    }

    @Test
    void takesTheGrowthOfCumulativePointsInAnyOrder() {
        long start = Exports.nanosAgo(600);
        AggregationTemporality cumulative = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
        send(durations(cumulative, start, Exports.nanosAgo(120), 7, 3.5));
        send(durations(cumulative, start, Exports.nanosAgo(300), 4, 2.0));
        send(durations(cumulative, start, Exports.nanosAgo(120), 7, 3.5));
        send(durations(cumulative, Exports.nanosAgo(60), Exports.nanosAgo(1), 2, 1.0)); // the sender has restarted
        assertThat(figures("")).containsExactly("gpt-4o  9 4.5");
        assertThat(figures("?from=now-4m&to=now%2B1m")).containsExactly("gpt-4o  5 2.5");
    }

    @Test
    void addsDeltasEachOnce() {
        AggregationTemporality delta = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
        long middle = Exports.nanosAgo(90);
        ExportMetricsServiceRequest first = durations(delta, Exports.nanosAgo(120), middle, 4, 2.0);
        send(durations(delta, middle, Exports.nanosAgo(60), 3, 1.5));
        send(first);
        send(first);
        assertThat(figures("")).containsExactly("gpt-4o  7 3.5");
    }

    @Test
    void keepsTokenTypesOfCountersApart() {
        Sum.Builder sum = Sum.newBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                .setIsMonotonic(true);
        long[] values = {25, 12, 37};
        String[] types = {"input", "output", "total"};
        for (int i = 0; i < values.length; i++) {
            sum.addDataPoints(NumberDataPoint.newBuilder()
                    .setStartTimeUnixNano(Exports.nanosAgo(100))
                    .setTimeUnixNano(Exports.nanosAgo(10))
                    .setAsInt(values[i])
                    .addAttributes(Exports.text("gen_ai.token.type", types[i])));
        }
        send(request(Metric.newBuilder()
                .setName("gen_ai.client.token.usage")
                .setSum(sum)
                .build()));
        assertThat(figures("")).containsExactlyInAnyOrder("input null 25.0", "output null 12.0", "total null 37.0");
    }

    @Test
    void saysWhichPointsItRejectsAndLeavesOtherMetricsOut() throws Exception {
        AggregationTemporality delta = AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
        Answer old = entrance.send(
                "POST",
                "/v1/metrics",
                PROTOBUF,
                durations(delta, 1, 1_000_000, 1, 1).toByteArray());
        assertThat(old.status()).isEqualTo(200);
        ExportMetricsServiceResponse answer = ExportMetricsServiceResponse.parseFrom(old.body());
        assertThat(answer.getPartialSuccess().getRejectedDataPoints()).isEqualTo(1);
        assertThat(answer.getPartialSuccess().getErrorMessage()).contains("time_unix_nano");
        send(request(Metric.newBuilder().setName("http.server.request.duration").build()));
        assertThat(figures("")).isEmpty();
        assertThat(entrance.send("POST", "/v1/metrics", PROTOBUF, new byte[] {1, 2, 3})
                        .status())
                .isEqualTo(400);
        assertThat(entrance.send("GET", "/v1/metrics", "", new byte[0]).status())
                .isEqualTo(405);
        assertThat(entrance.send("GET", "/v1/client-metrics?name=x", "", new byte[0])
                        .status())
                .isEqualTo(400);
    }
}
