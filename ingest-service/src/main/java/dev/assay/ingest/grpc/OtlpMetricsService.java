package dev.assay.ingest.grpc;

import dev.assay.ingest.otlp.OtlpExport;
import dev.assay.ingest.otlp.ProtobufMetrics;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.collector.metrics.v1.MetricsServiceGrpc;
import io.quarkus.grpc.GrpcService;

/** OTLP's {@code MetricsService/Export}. */
@GrpcService
public class OtlpMetricsService implements BindableService {
    private final GrpcMethods methods;
    private final OtlpExport export;

    OtlpMetricsService(GrpcMethods methods, OtlpExport export) {
        this.methods = methods;
        this.export = export;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(MetricsServiceGrpc.SERVICE_NAME)
                .addMethod(methods.unary(
                        MetricsServiceGrpc.getExportMethod(),
                        ExportMetricsServiceResponse.getDefaultInstance(),
                        (caller, bytes) -> export.metrics(caller.tenant(), ProtobufMetrics::decode, bytes, bytes.length)
                                .map(OtlpExport.Result::toMetrics)))
                .build();
    }
}
