package dev.assay.ingest.otlp;

import dev.assay.contracts.common.v1.Source;
import dev.assay.ingest.app.AcceptEvents;
import dev.assay.ingest.domain.mapping.JsonText;
import dev.assay.ingest.http.RequestBodies;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;

/**
 * OTLP over HTTP, whatever path it came to.
 *
 * <p>Answers as the protocol wants them: 200 once all is stored, with {@code partialSuccess} for what was not; what a client
 * should retry is 429 or 503, never 500.
 */
@ApplicationScoped
class OtlpHttp {
    private final OtlpExport export;
    private final AcceptEvents accept;
    private final RequestBodies bodies;
    private final CurrentCaller caller;
    private final JsonText json;

    OtlpHttp(OtlpExport export, AcceptEvents accept, RequestBodies bodies, CurrentCaller caller, JsonText json) {
        this.export = export;
        this.accept = accept;
        this.bodies = bodies;
        this.caller = caller;
        this.json = json;
    }

    Uni<Response> traces(HttpServerRequest request) {
        String tenant = caller.tenant();
        OtlpEncoding encoding = OtlpEncoding.of(request.getHeader("content-type"));
        OtlpExport.Decoder<ScopedSpans> decoder =
                encoding == OtlpEncoding.JSON ? JsonTraces::decode : ProtobufTraces::decode;
        return bodies.with(
                        request,
                        body -> export.traces(tenant, Source.SOURCE_OTLP_HTTP, decoder, body.bytes(), body.length()))
                .map(result -> ok(OtlpAnswers.traces(result, encoding, json), encoding))
                .onFailure(Problem.class)
                .recoverWithUni(problem -> accept.refuse(tenant, (Problem) problem));
    }

    Uni<Response> logs(HttpServerRequest request) {
        String tenant = caller.tenant();
        OtlpEncoding encoding = OtlpEncoding.of(request.getHeader("content-type"));
        OtlpExport.Decoder<ScopedLogs> decoder =
                encoding == OtlpEncoding.JSON ? JsonLogs::decode : ProtobufLogs::decode;
        return bodies.with(
                        request,
                        body -> export.logs(tenant, Source.SOURCE_OTLP_HTTP, decoder, body.bytes(), body.length()))
                .map(result -> ok(OtlpAnswers.logs(result, encoding, json), encoding))
                .onFailure(Problem.class)
                .recoverWithUni(problem -> accept.refuse(tenant, (Problem) problem));
    }

    Uni<Response> metrics(HttpServerRequest request) {
        String tenant = caller.tenant();
        OtlpEncoding encoding = OtlpEncoding.of(request.getHeader("content-type"));
        OtlpExport.Decoder<ScopedMetrics> decoder =
                encoding == OtlpEncoding.JSON ? JsonMetrics::decode : ProtobufMetrics::decode;
        return bodies.with(request, body -> export.metrics(tenant, decoder, body.bytes(), body.length()))
                .map(result -> ok(OtlpAnswers.metrics(result, encoding, json), encoding))
                .onFailure(Problem.class)
                .recoverWithUni(problem -> accept.refuse(tenant, (Problem) problem));
    }

    private static Response ok(byte[] body, OtlpEncoding encoding) {
        return Response.ok(body, encoding.mediaType()).build();
    }
}
