package dev.assay.dashboard.api;

import dev.assay.dashboard.domain.InvalidParameter;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Writes a bad parameter as an RFC 9457 problem that names it. */
class ProblemMapper {
    @ServerExceptionMapper
    Response onInvalidParameter(InvalidParameter invalid) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", "Bad Request");
        problem.put("status", 400);
        problem.put("detail", invalid.getMessage());
        problem.put("field", invalid.parameter());
        return Response.status(400)
                .type("application/problem+json")
                .entity(problem)
                .build();
    }
}
