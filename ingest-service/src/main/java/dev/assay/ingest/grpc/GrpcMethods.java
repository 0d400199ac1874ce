package dev.assay.ingest.grpc;

import com.google.protobuf.Message;
import dev.assay.ingest.app.AcceptEvents;
import dev.assay.ingest.app.InFlight;
import dev.assay.ingest.config.IngestConfig;
import dev.assay.platform.tenancy.Authenticator;
import dev.assay.platform.tenancy.Caller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What all gRPC methods of the entrance share: who calls, the size of messages, the bytes in flight, and how failures are
 * told.
 */
@ApplicationScoped
class GrpcMethods {
    /** Larger messages are worked on away from the event loop. */
    private static final int SMALL_BYTES = 128 * 1024;

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Authenticator authenticator;
    private final InFlight inFlight;
    private final AcceptEvents accept;
    private final int limit;

    GrpcMethods(Authenticator authenticator, InFlight inFlight, AcceptEvents accept, IngestConfig config) {
        this.authenticator = authenticator;
        this.inFlight = inFlight;
        this.accept = accept;
        this.limit = config.maxBodyBytes();
    }

    /** A method that answers one message with one. */
    <R extends Message> ServerMethodDefinition<GrpcBody, R> unary(
            MethodDescriptor<?, R> generated, R prototype, BiFunction<Caller, byte[], Uni<R>> work) {
        MethodDescriptor<GrpcBody, R> method = bounded(generated, prototype);
        return ServerMethodDefinition.create(
                method,
                authenticated(caller ->
                        ServerCalls.asyncUnaryCall((body, observer) -> answer(run(caller, body, work), observer))));
    }

    /** A method that answers a stream of messages with one. */
    <R extends Message> ServerMethodDefinition<GrpcBody, R> clientStreaming(
            MethodDescriptor<?, R> generated,
            R prototype,
            BiFunction<Caller, StreamObserver<R>, StreamObserver<GrpcBody>> work) {
        MethodDescriptor<GrpcBody, R> method = bounded(generated, prototype);
        return ServerMethodDefinition.create(
                method,
                authenticated(
                        caller -> ServerCalls.asyncClientStreamingCall(observer -> work.apply(caller, observer))));
    }

    /** A lease of the bytes in flight. */
    InFlight.Lease lease() {
        return inFlight.lease();
    }

    /** What is wrong with a message before it is decoded, or null. */
    @Nullable
    Problem fault(GrpcBody body) {
        if (body.fault() == null) {
            return null;
        }
        return body.fault() == GrpcBody.Fault.TOO_LARGE
                ? Problem.tooLarge("a message may have at most " + limit + " bytes, also after decompression")
                : Problem.badRequest(null, "the message is not compressed as its grpc-encoding says");
    }

    /** Runs what follows where the call came in, so that nothing of it is touched by two threads. */
    static Executor here() {
        Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(ignored -> task.run());
    }

    private <R extends Message> MethodDescriptor<GrpcBody, R> bounded(MethodDescriptor<?, R> generated, R prototype) {
        return MethodDescriptor.<GrpcBody, R>newBuilder()
                .setType(generated.getType())
                .setFullMethodName(generated.getFullMethodName())
                .setRequestMarshaller(new BoundedMarshaller(limit))
                .setResponseMarshaller(ProtoUtils.marshaller(prototype))
                .build();
    }

    private <R> ServerCallHandler<GrpcBody, R> authenticated(
            Function<Caller, ServerCallHandler<GrpcBody, R>> handlerFor) {
        return (call, headers) -> {
            Caller caller =
                    authenticator.authenticate(headers.get(AUTHORIZATION)).orElse(null);
            if (caller == null) {
                return closed(
                        call,
                        Status.UNAUTHENTICATED.withDescription(
                                "send a live API key as metadata: authorization: Bearer assay_<id>_<secret>"));
            }
            if (!caller.may(Scope.INGEST)) {
                return closed(call, Status.PERMISSION_DENIED.withDescription("this needs a key with the scope ingest"));
            }
            return handlerFor.apply(caller).startCall(call, headers);
        };
    }

    private static <R> ServerCall.Listener<GrpcBody> closed(ServerCall<GrpcBody, R> call, Status status) {
        call.close(status, new Metadata());
        return new ServerCall.Listener<>() {};
    }

    private <R> Uni<R> run(Caller caller, GrpcBody body, BiFunction<Caller, byte[], Uni<R>> work) {
        InFlight.Lease lease = inFlight.lease();
        Uni<R> task = Uni.createFrom().deferred(() -> {
            Problem fault = fault(body);
            if (fault != null) {
                return Uni.createFrom().failure(fault);
            }
            lease.take(body.bytes().length);
            return work.apply(caller, body.bytes());
        });
        Uni<R> placed = body.bytes().length <= SMALL_BYTES
                ? task
                : task.runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
        return placed.onFailure(Problem.class)
                .recoverWithUni(problem -> accept.refuse(caller.tenant(), (Problem) problem))
                .onTermination()
                .invoke(lease::close);
    }

    private static <R> void answer(Uni<R> work, StreamObserver<R> observer) {
        work.emitOn(here())
                .subscribe()
                .with(
                        answer -> {
                            observer.onNext(answer);
                            observer.onCompleted();
                        },
                        failure -> observer.onError(GrpcStatuses.of(failure)));
    }
}
