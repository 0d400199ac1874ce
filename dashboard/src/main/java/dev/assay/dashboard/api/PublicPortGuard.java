package dev.assay.dashboard.api;

import dev.assay.dashboard.config.DashboardConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands before everything on the public port: refuses host names that are not this dashboard's, and sets the headers
 * that keep a browser from doing more than the page needs.
 *
 * <p>The page opens without sign-in in a local run. A foreign site whose name is rebound to 127.0.0.1 would then read it
 * with the visitor's browser; but it cannot choose the Host header.
 */
@ApplicationScoped
class PublicPortGuard {
    private static final int FIRST = 1000;
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self' data:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";
    private static final String REFUSED = "{\"type\":\"about:blank\",\"title\":\"Misdirected Request\",\"status\":421,"
            + "\"detail\":\"This host name is not the dashboard's. Use 127.0.0.1 or localhost, or add the name to"
            + " ASSAY_DASHBOARD_ALLOWED_HOSTS.\"}";

    private final Set<String> hosts = new LinkedHashSet<>(List.of("127.0.0.1", "localhost", "[::1]"));

    PublicPortGuard(DashboardConfig config) {
        for (String host : config.allowedHosts().orElse(List.of())) {
            hosts.add(host.strip().toLowerCase(Locale.ROOT));
        }
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, FIRST);
    }

    private void guard(RoutingContext request) {
        HttpServerResponse response = request.response();
        response.putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (!hosts.contains(hostName(request.request().getHeader("Host"), request))) {
            response.setStatusCode(421)
                    .putHeader("Content-Type", "application/problem+json")
                    .end(REFUSED);
            return;
        }
        request.addHeadersEndHandler(ignored -> keepFresh(request));
        request.next();
    }

    /** Only the bundle, whose file names change with its content, may be kept by a browser. */
    private static void keepFresh(RoutingContext request) {
        String path = request.normalizedPath();
        String kept = "no-cache";
        if (path.startsWith("/api/")) {
            kept = "no-store";
        } else if (path.startsWith("/static/bundle/")) {
            kept = request.response().getStatusCode() < 400 ? "public, max-age=31536000, immutable" : "no-store";
        }
        request.response().putHeader("Cache-Control", kept);
    }

    private static String hostName(@Nullable String header, RoutingContext request) {
        String host = header;
        if (host == null && request.request().authority() != null) {
            host = request.request().authority().toString(); // HTTP/2 has no Host header
        }
        if (host == null) {
            return "";
        }
        int portAt = host.lastIndexOf(':');
        boolean hasPort = portAt > host.lastIndexOf(']');
        return (hasPort ? host.substring(0, portAt) : host).toLowerCase(Locale.ROOT);
    }
}
