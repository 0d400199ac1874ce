package dev.assay.alert.notify;

import dev.assay.alert.config.AlertConfig;
import dev.assay.alert.domain.notification.Attempt;
import dev.assay.alert.domain.notification.TargetUrl;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON to guarded addresses: over a connection of its own to the judged address, with the certificate checked
 * against the name, without following redirects, and without reading the answer beyond its status and Retry-After.
 */
@ApplicationScoped
class GuardedHttp {
    private static final int CONNECT_MS = 5_000;
    private static final int MAX_CONNECTIONS = 128;

    private final AddressGuard guard;
    private final HttpClient client;
    private final Duration timeout;

    GuardedHttp(Vertx vertx, AddressGuard guard, AlertConfig config) {
        this.guard = guard;
        this.timeout = config.sendTimeout();
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout(CONNECT_MS)
                .setMaxPoolSize(MAX_CONNECTIONS)
                .setVerifyHost(true)
                .setTrustAll(false)
                .setMaxHeaderSize(16 * 1024));
    }

    /** Posts once; never fails. */
    Uni<Attempt> post(TargetUrl url, Map<String, String> headers, String body) {
        return guard.resolve(url)
                .chain(resolved -> resolved instanceof AddressGuard.Resolved.Address to
                        ? post(url, to.address(), headers, body)
                        : Uni.createFrom().item(((AddressGuard.Resolved.Refused) resolved).why()));
    }

    private Uni<Attempt> post(TargetUrl url, InetAddress address, Map<String, String> headers, String body) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(url.port(), address.getHostAddress()))
                .setHost(url.host())
                .setPort(url.port())
                .setSsl(url.tls())
                .setURI(url.target())
                .setFollowRedirects(false);
        options.putHeader("Host", hostHeader(url));
        options.putHeader("Content-Type", "application/json");
        options.putHeader("User-Agent", "Assay");
        headers.forEach(options::putHeader);
        return client.request(options)
                .chain(request -> send(request, body))
                .ifNoItem()
                .after(timeout)
                .fail()
                .onFailure()
                .recoverWithItem(failure -> new Attempt.Unreachable(reason(failure)));
    }

    private Uni<Attempt> send(HttpClientRequest request, String body) {
        return request.send(body)
                .map(GuardedHttp::answered)
                .onTermination()
                .invoke(() -> request.connection().closeAndForget());
    }

    private static Attempt answered(HttpClientResponse response) {
        return new Attempt.Answered(
                response.statusCode(), retryAfter(response.getHeader("Retry-After"), Instant.now()));
    }

    /** Seconds or a date; null if absent or neither. */
    static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            Duration wait = Duration.between(
                    now,
                    ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant());
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static String hostHeader(TargetUrl url) {
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        boolean usual = url.port() == (url.tls() ? 443 : 80);
        return usual ? host : host + ":" + url.port();
    }

    /** What went wrong in the house's own words: nothing that the other side said. */
    private String reason(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return "no answer within " + timeout.toSeconds() + " s";
        }
        if (failure instanceof java.net.ConnectException) {
            return "connection refused";
        }
        if (failure instanceof javax.net.ssl.SSLException) {
            return "transport security failed";
        }
        return "no answer: " + failure.getClass().getSimpleName();
    }
}
