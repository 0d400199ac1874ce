package dev.assay.ingest.otlp;

import dev.assay.ingest.domain.mapping.JsonText;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.ProblemForm;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;

/** Writes problems of the OTLP endpoints as {@code google.rpc.Status}, in the encoding of the request. */
@ApplicationScoped
class OtlpProblems implements ProblemForm {
    private final JsonText json;

    OtlpProblems(JsonText json) {
        this.json = json;
    }

    @Override
    public Optional<Response> render(ContainerRequestContext request, Problem problem) {
        String path = request.getUriInfo().getPath();
        if (!path.endsWith("/v1/traces") && !path.endsWith("/v1/logs") && !path.endsWith("/v1/metrics")) {
            return Optional.empty();
        }
        OtlpEncoding encoding = OtlpEncoding.find(request.getHeaderString(HttpHeaders.CONTENT_TYPE))
                .orElse(OtlpEncoding.JSON);
        Response.ResponseBuilder answer = Response.status(problem.status())
                .type(encoding.mediaType())
                .entity(OtlpAnswers.problem(problem, encoding, json));
        Duration wait = problem.retryAfter();
        if (wait != null) {
            answer.header(HttpHeaders.RETRY_AFTER, Math.max(1, wait.toSeconds()));
        }
        if (problem.status() == 401) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"assay\"");
        }
        return Optional.of(answer.build());
    }
}
