package dev.assay.ingest.grpc;

import dev.assay.contracts.common.v1.Source;
import dev.assay.ingest.otlp.OtlpExport;
import dev.assay.ingest.otlp.ProtobufTraces;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.proto.collector.trace.v1.TraceServiceGrpc;
import io.quarkus.grpc.GrpcService;

/** OTLP's {@code TraceService/Export}. */
@GrpcService
public class OtlpTraceService implements BindableService {
    private final GrpcMethods methods;
    private final OtlpExport export;

    OtlpTraceService(GrpcMethods methods, OtlpExport export) {
        this.methods = methods;
        this.export = export;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(TraceServiceGrpc.SERVICE_NAME)
                .addMethod(methods.unary(
                        TraceServiceGrpc.getExportMethod(),
                        ExportTraceServiceResponse.getDefaultInstance(),
                        (caller, bytes) -> export.traces(
                                        caller.tenant(),
                                        Source.SOURCE_OTLP_GRPC,
                                        ProtobufTraces::decode,
                                        bytes,
                                        bytes.length)
                                .map(OtlpExport.Result::toTraces)))
                .build();
    }
}
