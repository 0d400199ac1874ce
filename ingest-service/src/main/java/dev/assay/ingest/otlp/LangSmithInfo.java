package dev.assay.ingest.otlp;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * {@code GET /info}: what LangSmith's SDKs ask for first, without a key. It says nothing but a version: none of LangSmith's own
 * ways to send runs is offered, so that the SDK keeps to OpenTelemetry.
 */
@ApplicationScoped
class LangSmithInfo {
    private final String body;

    LangSmithInfo(@ConfigProperty(name = "quarkus.application.version") String version) {
        this.body = "{\"version\":\"" + version + "\",\"instance_flags\":{}}";
    }

    void route(@Observes Router router) {
        router.get("/info")
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .end(body));
    }
}
