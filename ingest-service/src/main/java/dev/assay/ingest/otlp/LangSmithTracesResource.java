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

/** {@code POST /otel/v1/traces}: spans, at the path that LangSmith's SDKs append to their base URL. */
@Path("/otel/v1/traces")
@RequiresScope(Scope.INGEST)
@Tag(name = "OTLP")
public class LangSmithTracesResource {
    private final OtlpHttp otlp;

    LangSmithTracesResource(OtlpHttp otlp) {
        this.otlp = otlp;
    }

    /** Takes an export in. */
    @POST
    @Operation(operationId = "exportTracesLangSmith", summary = "OTLP traces, for LangSmith SDKs")
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
        return otlp.traces(request);
    }
}
