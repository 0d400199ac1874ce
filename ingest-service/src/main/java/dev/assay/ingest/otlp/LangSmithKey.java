package dev.assay.ingest.otlp;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** LangSmith's SDKs send their key as {@code x-api-key}; on their path it is taken for a bearer token. */
public class LangSmithKey {
    private static final String API_KEY = "x-api-key";

    @ServerRequestFilter(preMatching = true)
    public void filter(ContainerRequestContext request) {
        String key = request.getHeaderString(API_KEY);
        if (key != null
                && request.getHeaderString(HttpHeaders.AUTHORIZATION) == null
                && request.getUriInfo().getPath().endsWith("otel/v1/traces")) {
            request.getHeaders().putSingle(HttpHeaders.AUTHORIZATION, "Bearer " + key);
        }
    }
}
