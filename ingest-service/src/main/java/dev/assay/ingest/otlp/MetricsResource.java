package dev.assay.ingest.otlp;

import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /v1/metrics}: metrics: GenAI ones are kept as aggregates. */
@Path("/v1/metrics")
@RequiresScope(Scope.INGEST)
@Tag(name = "OTLP")
public class MetricsResource {
    private final OtlpHttp otlp;

    MetricsResource(OtlpHttp otlp) {
        this.otlp = otlp;
    }

    /** Takes an export in. */
    @POST
    @Operation(operationId = "exportMetrics", summary = "OTLP metrics: ExportMetricsServiceRequest")
    @RequestBody(
            required = true,
            content = {
                @Content(
                        mediaType = "application/x-protobuf",
                        schema = @Schema(type = SchemaType.STRING, format = "binary")),
                @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(responseCode = "200", description = "Stored; what was rejected is counted in partialSuccess")
    public Uni<Response> export(@Context HttpServerRequest request) {
        return otlp.metrics(request);
    }
}
