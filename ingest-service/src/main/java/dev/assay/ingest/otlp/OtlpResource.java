package dev.assay.ingest.otlp;

import dev.assay.contracts.common.v1.Source;
import dev.assay.ingest.app.AcceptEvents;
import dev.assay.ingest.domain.mapping.JsonText;
import dev.assay.ingest.http.RequestBodies;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
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

/**
 * OTLP over HTTP, Protobuf and JSON, at its own paths and at those that existing SDKs append to a base URL.
 *
 * <p>Answers as the protocol wants them: 200 once all is stored, with {@code partialSuccess} for spans that were not; what
 * a client should retry is 429 or 503, never 500.
 */
@Path("/")
@RequiresScope(Scope.INGEST)
@Tag(name = "OTLP")
public class OtlpResource {
    private final OtlpExport export;
    private final AcceptEvents accept;
    private final RequestBodies bodies;
    private final CurrentCaller caller;
    private final JsonText json;

    OtlpResource(OtlpExport export, AcceptEvents accept, RequestBodies bodies, CurrentCaller caller, JsonText json) {
        this.export = export;
        this.accept = accept;
        this.bodies = bodies;
        this.caller = caller;
        this.json = json;
    }

    /** Spans, from any OTLP exporter. */
    @POST
    @Path("v1/traces")
    @Operation(operationId = "exportTraces", summary = "OTLP traces: ExportTraceServiceRequest")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "application/x-protobuf", schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(responseCode = "200", description = "Stored; rejected spans are counted in partialSuccess")
    public Uni<Response> traces(@Context HttpServerRequest request) {
        return exportTraces(request);
    }

    /** Spans, at the path that Langfuse's SDKs append. */
    @POST
    @Path("api/public/otel/v1/traces")
    @Operation(operationId = "exportTracesLangfuse", summary = "OTLP traces, for Langfuse SDKs")
    public Uni<Response> tracesOfLangfuse(@Context HttpServerRequest request) {
        return exportTraces(request);
    }

    /** Spans, at the path that LangSmith's SDKs append. */
    @POST
    @Path("otel/v1/traces")
    @Operation(operationId = "exportTracesLangSmith", summary = "OTLP traces, for LangSmith SDKs")
    public Uni<Response> tracesOfLangSmith(@Context HttpServerRequest request) {
        return exportTraces(request);
    }

    /** Log records: GenAI events. */
    @POST
    @Path("v1/logs")
    @Operation(operationId = "exportLogs", summary = "OTLP logs: ExportLogsServiceRequest")
    @RequestBody(
            required = true,
            content = {
                @Content(mediaType = "application/x-protobuf", schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = "application/json", schema = @Schema(type = SchemaType.OBJECT))
            })
    @APIResponse(responseCode = "200", description = "Stored; rejected records are counted in partialSuccess")
    public Uni<Response> logs(@Context HttpServerRequest request) {
        String tenant = caller.tenant();
        OtlpEncoding encoding = OtlpEncoding.of(request.getHeader("content-type"));
        OtlpExport.Decoder<ScopedLogs> decoder =
                encoding == OtlpEncoding.JSON ? JsonLogs::decode : ProtobufLogs::decode;
        return bodies.with(
                        request,
                        body -> export.logs(tenant, Source.SOURCE_OTLP_HTTP, decoder, body.bytes(), body.length()))
                .map(result -> Response.ok(OtlpAnswers.logs(result, encoding, json), encoding.mediaType())
                        .build())
                .onFailure(Problem.class)
                .recoverWithUni(problem -> accept.refuse(tenant, (Problem) problem));
    }

    private Uni<Response> exportTraces(HttpServerRequest request) {
        String tenant = caller.tenant();
        OtlpEncoding encoding = OtlpEncoding.of(request.getHeader("content-type"));
        OtlpExport.Decoder<ScopedSpans> decoder =
                encoding == OtlpEncoding.JSON ? JsonTraces::decode : ProtobufTraces::decode;
        return bodies.with(
                        request,
                        body -> export.traces(tenant, Source.SOURCE_OTLP_HTTP, decoder, body.bytes(), body.length()))
                .map(result -> Response.ok(OtlpAnswers.traces(result, encoding, json), encoding.mediaType())
                        .build())
                .onFailure(Problem.class)
                .recoverWithUni(problem -> accept.refuse(tenant, (Problem) problem));
    }
}
