package dev.assay.ingest.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.common.v1.Source;
import dev.assay.ingest.app.AcceptEvents;
import dev.assay.ingest.app.Intake;
import dev.assay.ingest.app.Rejected;
import dev.assay.ingest.config.IngestConfig;
import dev.assay.ingest.domain.call.CallDraft;
import dev.assay.ingest.domain.call.Refusal;
import dev.assay.ingest.domain.mapping.JsonText;
import dev.assay.ingest.v1.IngestServiceGrpc;
import dev.assay.ingest.v1.LlmCall;
import dev.assay.ingest.v1.RecordCallsRequest;
import dev.assay.ingest.v1.RecordCallsResponse;
import dev.assay.ingest.v1.RejectedCall;
import dev.assay.ingest.v1.StreamCallsResponse;
import dev.assay.platform.web.Problem;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** {@code assay.ingest.v1.IngestService}: a batch in one message, or a stream of calls. */
@GrpcService
public class IngestGrpcService implements BindableService {
    private final GrpcMethods methods;
    private final AcceptEvents accept;
    private final IngestConfig config;
    private final JsonText json;

    IngestGrpcService(GrpcMethods methods, AcceptEvents accept, IngestConfig config, JsonText json) {
        this.methods = methods;
        this.accept = accept;
        this.config = config;
        this.json = json;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(IngestServiceGrpc.SERVICE_NAME)
                .addMethod(methods.unary(
                        IngestServiceGrpc.getRecordCallsMethod(),
                        RecordCallsResponse.getDefaultInstance(),
                        (caller, bytes) -> recordCalls(caller.tenant(), bytes)))
                .addMethod(methods.clientStreaming(
                        IngestServiceGrpc.getStreamCallsMethod(),
                        StreamCallsResponse.getDefaultInstance(),
                        (caller, observer) -> new CallStream(caller.tenant(), observer, methods, accept, this::take)))
                .build();
    }

    private Uni<RecordCallsResponse> recordCalls(String tenant, byte[] bytes) {
        RecordCallsRequest request;
        try {
            request = RecordCallsRequest.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw Problem.badRequest(null, "the message is not a RecordCallsRequest");
        }
        if (request.getCallsCount() > config.maxBatchEvents()) {
            throw Problem.tooLarge("at most " + config.maxBatchEvents() + " calls in a batch");
        }
        Intake intake = accept.calls(tenant, Source.SOURCE_GRPC);
        for (int i = 0; i < request.getCallsCount(); i++) {
            take(intake, i, request.getCalls(i));
        }
        return accept.finish(intake).map(IngestGrpcService::answer);
    }

    private void take(Intake intake, int index, LlmCall call) {
        CallDraft draft = new CallDraft(json);
        LlmCallReader.read(call, draft);
        Refusal refusal = draft.complete(intake.times());
        if (refusal == null) {
            intake.take(index, draft.call());
        } else {
            intake.refuse(index, draft.eventId(), refusal);
        }
    }

    private static RecordCallsResponse answer(Intake intake) {
        RecordCallsResponse.Builder answer =
                RecordCallsResponse.newBuilder().setAccepted(intake.accepted().size());
        intake.accepted().forEach(call -> answer.addEventIds(call.getEnvelope().getEventId()));
        intake.rejected().forEach(rejected -> answer.addRejected(rejectedCall(rejected)));
        return answer.build();
    }

    static RejectedCall rejectedCall(Rejected rejected) {
        return RejectedCall.newBuilder()
                .setIndex(rejected.index())
                .setField(rejected.field())
                .setReason(rejected.reason())
                .build();
    }
}
