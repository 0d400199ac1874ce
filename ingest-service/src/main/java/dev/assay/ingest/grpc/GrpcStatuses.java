package dev.assay.ingest.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import dev.assay.platform.web.Problem;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.jboss.logging.Logger;

/** Problems as gRPC statuses; those that a client should retry carry {@code RetryInfo}. */
final class GrpcStatuses {
    private static final Logger LOG = Logger.getLogger(GrpcStatuses.class);

    static StatusRuntimeException of(Throwable failure) {
        if (failure instanceof Problem problem) {
            return StatusProto.toStatusRuntimeException(status(problem));
        }
        LOG.error("gRPC call failed", failure);
        return io.grpc.Status.INTERNAL
                .withDescription("an internal error; the log has it")
                .asRuntimeException();
    }

    private static Status status(Problem problem) {
        Status.Builder status = Status.newBuilder()
                .setCode(code(problem.status()).getNumber())
                .setMessage(problem.body().detail());
        java.time.Duration wait = problem.retryAfter();
        if (wait != null) {
            status.addDetails(Any.pack(RetryInfo.newBuilder()
                    .setRetryDelay(Duration.newBuilder().setSeconds(Math.max(1, wait.toSeconds())))
                    .build()));
        }
        return status.build();
    }

    private static Code code(int httpStatus) {
        return switch (httpStatus) {
            case 401 -> Code.UNAUTHENTICATED;
            case 403 -> Code.PERMISSION_DENIED;
            case 404 -> Code.NOT_FOUND;
            case 413, 429 -> Code.RESOURCE_EXHAUSTED;
            case 503 -> Code.UNAVAILABLE;
            default -> httpStatus < 500 ? Code.INVALID_ARGUMENT : Code.INTERNAL;
        };
    }

    private GrpcStatuses() {}
}
