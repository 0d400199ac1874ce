package dev.assay.system;

import com.google.protobuf.Timestamp;
import dev.assay.ingest.v1.IngestServiceGrpc;
import dev.assay.ingest.v1.LlmCall;
import dev.assay.ingest.v1.RecordCallsRequest;
import dev.assay.ingest.v1.RecordCallsResponse;
import dev.assay.ingest.v1.StreamCallsResponse;
import dev.assay.system.Traffic.Call;
import dev.assay.system.Traffic.Ending;
import dev.assay.system.Traffic.Part;
import dev.assay.system.Traffic.Sending;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code assay.ingest.v1.IngestService}: every other batch as a stream. */
final class GrpcSender implements Sender {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;
    private final Map<String, String> keys;
    private boolean stream;

    GrpcSender(String url, Map<String, String> keys) {
        URI address = URI.create(url);
        this.channel = NettyChannelBuilder.forAddress(address.getHost(), address.getPort())
                .usePlaintext()
                .build();
        this.keys = keys;
    }

    @Override
    public boolean send(String project, List<Sending> batch) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + keys.get(project));
        List<LlmCall> calls = batch.stream().map(GrpcSender::message).toList();
        stream = !stream;
        try {
            return stream ? stream(headers, calls) : unary(headers, calls);
        } catch (StatusRuntimeException e) {
            return retryable(e.getStatus());
        }
    }

    private boolean unary(Metadata headers, List<LlmCall> calls) {
        RecordCallsResponse answer = IngestServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .recordCalls(RecordCallsRequest.newBuilder().addAllCalls(calls).build());
        return all(answer.getAccepted(), calls.size());
    }

    private boolean stream(Metadata headers, List<LlmCall> calls) {
        CompletableFuture<StreamCallsResponse> answer = new CompletableFuture<>();
        StreamObserver<LlmCall> out = IngestServiceGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .withDeadlineAfter(20, TimeUnit.SECONDS)
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
                        answer.completeExceptionally(new IllegalStateException("ended without an answer"));
                    }
                });
        calls.forEach(out::onNext);
        out.onCompleted();
        try {
            return all(answer.get(25, TimeUnit.SECONDS).getAccepted(), calls.size());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StatusRuntimeException status) {
                return retryable(status.getStatus());
            }
            return false;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static boolean all(long accepted, int sent) {
        if (accepted != sent) {
            throw new AssertionError("part of a good batch was refused: " + accepted + " of " + sent);
        }
        return true;
    }

    private static boolean retryable(Status status) {
        switch (status.getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, ABORTED, RESOURCE_EXHAUSTED, UNKNOWN -> {
                return false;
            }
            default -> throw new AssertionError("refused for good: " + status);
        }
    }

    private static LlmCall message(Sending sending) {
        Call call = sending.call();
        LlmCall.Builder message = LlmCall.newBuilder()
                .setEventId(call.eventId())
                .setStartTime(timestamp(call.start()))
                .setEndTime(timestamp(call.start().plusNanos(call.durationMicros() * 1_000)))
                .setProvider(call.model().provider())
                .setRequestModel(call.model().name())
                .setResponseModel(call.model().name())
                .setOperation("chat")
                .setApp(call.app())
                .setUserId(call.user());
        if (call.inputTokens() != null) {
            message.setInputTokens(call.inputTokens());
        }
        if (call.cacheReadTokens() != null) {
            message.setCacheReadTokens(call.cacheReadTokens());
        }
        if (sending.part() != Part.FIRST && call.outputTokens() != null) {
            message.setOutputTokens(call.outputTokens());
        }
        if (sending.part() != Part.FIRST && call.reasoningTokens() != null) {
            message.setReasoningTokens(call.reasoningTokens());
        }
        if (call.ttftMicros() != null) {
            message.setTtftMs(call.ttftMicros() / 1_000.0);
        }
        if (call.ending() != Ending.OK) {
            message.setStatus("error").setErrorType(RestSender.errorType(call.ending()));
        }
        return message.build();
    }

    private static Timestamp timestamp(Instant time) {
        return Timestamp.newBuilder()
                .setSeconds(time.getEpochSecond())
                .setNanos(time.getNano())
                .build();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
