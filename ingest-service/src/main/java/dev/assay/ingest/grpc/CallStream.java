package dev.assay.ingest.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.common.v1.Source;
import dev.assay.ingest.app.AcceptEvents;
import dev.assay.ingest.app.InFlight;
import dev.assay.ingest.app.Intake;
import dev.assay.ingest.app.Rejected;
import dev.assay.ingest.domain.call.Refusal;
import dev.assay.ingest.v1.LlmCall;
import dev.assay.ingest.v1.StreamCallsResponse;
import dev.assay.platform.web.Problem;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;

/**
 * One stream of calls: stored in chunks as they come, one chunk at a time; the next call is asked for when there is room for
 * it, so a stream of any length takes little memory.
 *
 * <p>All of it runs on the event loop of its connection.
 */
final class CallStream implements StreamObserver<GrpcBody> {
    private static final int CHUNK_CALLS = 200;
    private static final int CHUNK_BYTES = 256 * 1024;
    private static final int MAX_NAMED = 1_000;

    /** Takes one call into an intake. */
    interface Take {
        void take(Intake intake, int index, LlmCall call);
    }

    private final String tenant;
    private final ServerCallStreamObserver<StreamCallsResponse> client;
    private final GrpcMethods methods;
    private final AcceptEvents accept;
    private final Take take;
    private final InFlight.Lease lease;
    private final Executor here = GrpcMethods.here();
    private final StreamCallsResponse.Builder answer = StreamCallsResponse.newBuilder();

    private Intake intake;
    private int index;
    private int calls;
    private int bytes;
    private boolean storing;
    private boolean ended;
    private boolean failed;

    CallStream(
            String tenant,
            StreamObserver<StreamCallsResponse> client,
            GrpcMethods methods,
            AcceptEvents accept,
            Take take) {
        this.tenant = tenant;
        this.client = (ServerCallStreamObserver<StreamCallsResponse>) client;
        this.methods = methods;
        this.accept = accept;
        this.take = take;
        this.lease = methods.lease();
        this.intake = accept.calls(tenant, Source.SOURCE_GRPC);
        this.client.disableAutoRequest();
        this.client.request(1);
    }

    @Override
    public void onNext(GrpcBody body) {
        if (failed) {
            return;
        }
        Problem fault = methods.fault(body);
        if (fault != null) {
            fail(fault);
            return;
        }
        try {
            lease.take(body.bytes().length);
            takeCall(body.bytes());
        } catch (Problem full) {
            fail(full);
            return;
        }
        if (calls >= CHUNK_CALLS || bytes >= CHUNK_BYTES) {
            store();
        } else {
            client.request(1);
        }
    }

    private void takeCall(byte[] message) {
        int at = index++;
        calls++;
        bytes += message.length;
        try {
            take.take(intake, at, LlmCall.parseFrom(message));
        } catch (InvalidProtocolBufferException e) {
            intake.refuse(at, "", new Refusal("", "is not an LlmCall"));
        }
    }

    @Override
    public void onError(Throwable broken) {
        // the client is gone; what came whole is stored, as it would be after an answer that got lost
        ended = true;
        failed = true;
        if (!storing) {
            store();
        }
    }

    @Override
    public void onCompleted() {
        ended = true;
        if (!storing && !failed) {
            store();
        }
    }

    private void store() {
        Intake chunk = intake;
        intake = accept.calls(tenant, Source.SOURCE_GRPC);
        calls = 0;
        bytes = 0;
        storing = true;
        accept.finish(chunk).emitOn(here).subscribe().with(this::stored, this::fail);
    }

    private void stored(Intake chunk) {
        storing = false;
        lease.close();
        answer.setAccepted(answer.getAccepted() + chunk.accepted().size());
        answer.setRejectedTotal(answer.getRejectedTotal() + chunk.rejected().size());
        for (Rejected rejected : chunk.rejected()) {
            if (answer.getRejectedCount() < MAX_NAMED) {
                answer.addRejected(IngestGrpcService.rejectedCall(rejected));
            }
        }
        if (failed) {
            return;
        }
        if (!ended) {
            client.request(1);
        } else if (calls > 0) {
            store();
        } else {
            client.onNext(answer.build());
            client.onCompleted();
        }
    }

    private void fail(Throwable failure) {
        storing = false;
        lease.close();
        if (!failed) {
            failed = true;
            client.onError(GrpcStatuses.of(failure));
        }
    }
}
