package dev.assay.ingest.grpc;

import dev.assay.contracts.common.v1.Source;
import dev.assay.ingest.otlp.OtlpExport;
import dev.assay.ingest.otlp.ProtobufLogs;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceResponse;
import io.opentelemetry.proto.collector.logs.v1.LogsServiceGrpc;
import io.quarkus.grpc.GrpcService;

/** OTLP's {@code LogsService/Export}. */
@GrpcService
public class OtlpLogsService implements BindableService {
    private final GrpcMethods methods;
    private final OtlpExport export;

    OtlpLogsService(GrpcMethods methods, OtlpExport export) {
        this.methods = methods;
        this.export = export;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(LogsServiceGrpc.SERVICE_NAME)
                .addMethod(methods.unary(
                        LogsServiceGrpc.getExportMethod(),
                        ExportLogsServiceResponse.getDefaultInstance(),
                        (caller, bytes) -> export.logs(
                                        caller.tenant(),
                                        Source.SOURCE_OTLP_GRPC,
                                        ProtobufLogs::decode,
                                        bytes,
                                        bytes.length)
                                .map(OtlpExport.Result::toLogs)))
                .build();
    }
}
