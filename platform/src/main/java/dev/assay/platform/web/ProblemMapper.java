package dev.assay.platform.web;

import com.fasterxml.jackson.core.JacksonException;
import dev.assay.platform.kpi.KpiQuery;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Writes every error of an HTTP API as an RFC 9457 problem, without anything of the inside showing. */
@ApplicationScoped
public class ProblemMapper {
    /** The media type of a problem. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger LOG = Logger.getLogger(ProblemMapper.class);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final Instance<ProblemForm> forms;

    ProblemMapper(Instance<ProblemForm> forms) {
        this.forms = forms;
    }

    @ServerExceptionMapper
    public Response problem(Problem problem, ContainerRequestContext request) {
        return render(problem, request);
    }

    @ServerExceptionMapper
    public Response invalidParameter(KpiQuery.InvalidParameter invalid, ContainerRequestContext request) {
        return render(Problem.badRequest(invalid.parameter(), String.valueOf(invalid.getMessage())), request);
    }

    @ServerExceptionMapper
    public Response json(JacksonException malformed, ContainerRequestContext request) {
        return render(
                Problem.badRequest(null, "the body is not valid JSON for this endpoint: " + where(malformed)), request);
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException refused, ContainerRequestContext request) {
        Response original = refused.getResponse();
        int status = original.getStatus();
        if (status < 400) {
            return original;
        }
        if (refused.getCause() instanceof JacksonException malformed) {
            return json(malformed, request);
        }
        String reason = original.getStatusInfo().getReasonPhrase();
        return render(Problem.of(status, reason, reason), request);
    }

    @ServerExceptionMapper
    public Response anything(Throwable failure, ContainerRequestContext request) {
        if (isOutage(failure)) {
            LOG.warnf(
                    "database away: %s %s",
                    request.getMethod(), request.getUriInfo().getPath());
            return render(Problem.unavailable("the database is away for the moment", RETRY), request);
        }
        LOG.errorf(
                failure,
                "failed: %s %s",
                request.getMethod(),
                request.getUriInfo().getPath());
        return render(Problem.of(500, "Internal Server Error", "an internal error; the log has it"), request);
    }

    /** The problem in the form of the request's protocol. */
    public Response render(Problem problem, ContainerRequestContext request) {
        for (ProblemForm form : forms) {
            Optional<Response> own = form.render(request, problem);
            if (own.isPresent()) {
                return own.get();
            }
        }
        Response.ResponseBuilder answer =
                Response.status(problem.status()).type(MEDIA_TYPE).entity(problem.body());
        Duration wait = problem.retryAfter();
        if (wait != null) {
            answer.header(HttpHeaders.RETRY_AFTER, Math.max(1, wait.toSeconds()));
        }
        if (problem.status() == 401) {
            answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"assay\"");
        }
        return answer.build();
    }

    private static String where(JacksonException malformed) {
        String message = malformed.getOriginalMessage();
        if (message == null) {
            return "malformed";
        }
        var location = malformed.getLocation();
        String text = message.length() > 200 ? message.substring(0, 200) + "…" : message;
        return location == null
                ? text
                : text + " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static boolean isOutage(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof io.vertx.core.impl.NoStackTraceThrowable) {
                return true;
            }
            if (cause instanceof PgException pg
                    && (pg.getSqlState().startsWith("08") || pg.getSqlState().startsWith("57"))) {
                return true;
            }
        }
        return false;
    }
}
