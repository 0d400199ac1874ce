package dev.assay.ingest.entrance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import dev.assay.contracts.common.v1.Source;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.StackResource;
import dev.assay.ingest.v1.IngestServiceGrpc;
import dev.assay.ingest.v1.LlmCall;
import dev.assay.ingest.v1.RecordCallsRequest;
import dev.assay.ingest.v1.RecordCallsResponse;
import dev.assay.ingest.v1.StreamCallsResponse;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gRPC entrance on the HTTP port, with real Kafka and PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(StackResource.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GrpcEntranceIT {
    @TestHTTPResource("/")
    URI base;

    private Entrance entrance;
    private ManagedChannel channel;

    @BeforeEach
    void project() {
        if (entrance == null) {
            entrance = Entrance.newProject(base, "ingest");
            channel = ManagedChannelBuilder.forAddress(base.getHost(), base.getPort())
                    .usePlaintext()
                    .build();
        }
    }

    @AfterAll
    void close() {
        channel.shutdownNow();
    }

    private <S extends AbstractStub<S>> S authorized(S stub, String key) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + key);
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(30, TimeUnit.SECONDS);
    }

    private TraceServiceGrpc.TraceServiceBlockingStub traces() {
        return authorized(TraceServiceGrpc.newBlockingStub(channel), entrance.key);
    }

    private IngestServiceGrpc.IngestServiceBlockingStub calls() {
        return authorized(IngestServiceGrpc.newBlockingStub(channel), entrance.key);
    }

    private static LlmCall.Builder call(String id) {
        Instant start = Instant.now().minusSeconds(30);
        return LlmCall.newBuilder()
                .setEventId(id)
                .setStartTime(Timestamp.newBuilder()
                        .setSeconds(start.getEpochSecond())
                        .setNanos(start.getNano()))
                .setDurationMs(800)
                .setRequestModel("gpt-4o")
                .setInputTokens(25)
                .setOutputTokens(12)
                .addTags("a")
                .putMetadata("team", "search");
    }

    private static Status.Code code(Throwable failure) {
        return ((StatusRuntimeException) failure).getStatus().getCode();
    }

    @ParameterizedTest
    @ValueSource(strings = {"identity", "gzip"})
    void takesTraces(String compression) throws Exception {
        ExportTraceServiceRequest request =
                ExportTraceServiceRequest.parseFrom(Exports.protobufOf("otel-contrib-js.traces-grpc.json"));
        try (Topic topic = Topic.events()) {
            assertThat(traces().withCompression(compression).export(request).hasPartialSuccess())
                    .isFalse();
            List<Call> calls = topic.calls(entrance.project);
            assertThat(calls).hasSize(2);
            assertThat(calls.get(0).getEnvelope().getSource()).isEqualTo(Source.SOURCE_OTLP_GRPC);
        }
    }

    @Test
    void countsTheSpansThatItRejects() {
        var answer = traces().export(Exports.of(Exports.chat("0102030405060708"), Exports.chat("0000000000000000")));
        assertThat(answer.getPartialSuccess().getRejectedSpans()).isEqualTo(1);
    }

    @Test
    void takesMetrics() {
        MetricsServiceGrpc.MetricsServiceBlockingStub metrics =
                authorized(MetricsServiceGrpc.newBlockingStub(channel), entrance.key);
        assertThat(metrics.export(counter(Exports.nanosAgo(1))).hasPartialSuccess())
                .isFalse();
        assertThat(metrics.export(counter(1)).getPartialSuccess().getRejectedDataPoints())
                .isEqualTo(1);
    }

    private static ExportMetricsServiceRequest counter(long timeNanos) {
        Sum sum = Sum.newBuilder()
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                .addDataPoints(
                        NumberDataPoint.newBuilder().setTimeUnixNano(timeNanos).setAsInt(25))
                .build();
        Metric metric = Metric.newBuilder()
                .setName("gen_ai.client.token.usage")
                .setSum(sum)
                .build();
        return ExportMetricsServiceRequest.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
                .build();
    }

    @Test
    void takesLogs() {
        LogsServiceGrpc.LogsServiceBlockingStub logs =
                authorized(LogsServiceGrpc.newBlockingStub(channel), entrance.key);
        assertThat(logs.export(ExportLogsServiceRequest.getDefaultInstance()).hasPartialSuccess())
                .isFalse();
    }

    @Test
    void asksForALiveKeyWithTheScope() {
        ExportTraceServiceRequest request = ExportTraceServiceRequest.getDefaultInstance();
        assertThatThrownBy(() -> TraceServiceGrpc.newBlockingStub(channel).export(request))
                .satisfies(failure -> assertThat(code(failure)).isEqualTo(Status.Code.UNAUTHENTICATED));
        assertThatThrownBy(() -> authorized(
                                IngestServiceGrpc.newBlockingStub(channel), "assay_nobodyknows1_" + "a".repeat(43))
                        .recordCalls(RecordCallsRequest.getDefaultInstance()))
                .satisfies(failure -> assertThat(code(failure)).isEqualTo(Status.Code.UNAUTHENTICATED));
        String reader = Entrance.builtIn(base).newKey(entrance.project, "read");
        entrance.withKey(reader).awaitKey();
        assertThatThrownBy(() -> authorized(TraceServiceGrpc.newBlockingStub(channel), reader)
                        .export(request))
                .satisfies(failure -> assertThat(code(failure)).isEqualTo(Status.Code.PERMISSION_DENIED));
    }

    @Test
    void takesABatchAndNamesTheBadOnes() throws Exception {
        try (Topic topic = Topic.events()) {
            RecordCallsResponse answer = calls().recordCalls(RecordCallsRequest.newBuilder()
                    .addCalls(call("g1"))
                    .addCalls(call("g2").setInputTokens(-3))
                    .addCalls(call("g3").setStartTime(Timestamp.newBuilder().setSeconds(Long.MAX_VALUE)))
                    .addCalls(call("").clearRequestModel().setResponseModel("gpt-4o"))
                    .build());
            assertThat(answer.getAccepted()).isEqualTo(2);
            assertThat(answer.getEventIds(0)).isEqualTo("g1");
            assertThat(answer.getEventIds(1)).hasSize(36);
            assertThat(answer.getRejected(0).getIndex()).isEqualTo(1);
            assertThat(answer.getRejected(0).getField()).isEqualTo("input_tokens");
            assertThat(answer.getRejected(0).getReason()).isEqualTo("must be >= 0, got -3");
            assertThat(answer.getRejected(1).getField()).isEqualTo("start_time");
            Call call = topic.calls(entrance.project).stream()
                    .filter(one -> one.getEnvelope().getEventId().equals("g1"))
                    .findFirst()
                    .orElseThrow();
            assertThat(call.getEnvelope().getSource()).isEqualTo(Source.SOURCE_GRPC);
            assertThat(call.getDurationUs()).isEqualTo(800_000);
            assertThat(call.getTagsList()).containsExactly("a");
            assertThat(call.getMetadataMap()).containsEntry("team", "search");
        }
    }

    @Test
    void takesAStreamOfAnyLength() throws Exception {
        CompletableFuture<StreamCallsResponse> answer = new CompletableFuture<>();
        try (Topic topic = Topic.events()) {
            StreamObserver<LlmCall> stream = authorized(IngestServiceGrpc.newStub(channel), entrance.key)
                    .streamCalls(new StreamObserver<>() {
                        @Override
                        public void onNext(StreamCallsResponse response) {
                            answer.complete(response);
                        }

                        @Override
                        public void onError(Throwable failure) {
                            answer.completeExceptionally(failure);
                        }

                        @Override
                        public void onCompleted() {
                            // the answer has come
                        }
                    });
            for (int i = 0; i < 2_345; i++) {
                stream.onNext(
                        call("s" + i).setOutputTokens(i == 1_234 ? -1 : 12).build());
            }
            stream.onCompleted();
            StreamCallsResponse response = answer.get(30, TimeUnit.SECONDS);
            assertThat(response.getAccepted()).isEqualTo(2_344);
            assertThat(response.getRejectedTotal()).isEqualTo(1);
            assertThat(response.getRejected(0).getIndex()).isEqualTo(1_234);
            assertThat(topic.calls(entrance.project)).hasSize(2_344);
        }
    }

    @Test
    void takesLargeMessagesUpToTheLimit() {
        ExportTraceServiceRequest large = Exports.of(Exports.chat("0102030405060720")
                .addAttributes(Exports.text("gen_ai.input.messages", "x".repeat(5 << 20))));
        assertThat(traces().export(large).hasPartialSuccess()).isFalse();
        ExportTraceServiceRequest tooLarge = Exports.of(Exports.chat("0102030405060721")
                .addAttributes(Exports.text("gen_ai.input.messages", "x".repeat(17 << 20))));
        assertThatThrownBy(() -> traces().export(tooLarge))
                .satisfies(failure -> assertThat(code(failure)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED));
        // a bomb: small on the wire, too large once decompressed
        assertThatThrownBy(() -> traces().withCompression("gzip").export(tooLarge))
                .satisfies(failure -> {
                    assertThat(code(failure)).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
                    assertThat(Status.trailersFromThrowable(failure).keys()).doesNotContain("retry-info");
                });
        assertThat(traces().export(ExportTraceServiceRequest.getDefaultInstance())
                        .hasPartialSuccess())
                .isFalse();
    }

    @Test
    void refusesWhatCannotBeDecoded() {
        for (byte[] nonsense :
                Mutants.beginnings(Exports.of(Exports.chat("0102030405060722")).toByteArray())) {
            try {
                ClientCalls.blockingUnaryCall(
                        authorized(TraceServiceGrpc.newBlockingStub(channel), entrance.key)
                                .getChannel(),
                        RAW_EXPORT,
                        CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS),
                        nonsense);
            } catch (StatusRuntimeException refused) {
                assertThat(code(refused)).isEqualTo(Status.Code.INVALID_ARGUMENT);
            }
        }
    }

    private static final MethodDescriptor.Marshaller<byte[]> RAW = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return ByteString.readFrom(stream).toByteArray();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    };

    private static final MethodDescriptor<byte[], byte[]> RAW_EXPORT = MethodDescriptor.<byte[], byte[]>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(TraceServiceGrpc.getExportMethod().getFullMethodName())
            .setRequestMarshaller(RAW)
            .setResponseMarshaller(RAW)
            .build();
}
