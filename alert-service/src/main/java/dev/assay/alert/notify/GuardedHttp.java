package dev.assay.alert.notify;

import dev.assay.alert.app.ManageReceivers;
import dev.assay.alert.config.AlertConfig;
import dev.assay.alert.domain.notification.Attempt;
import dev.assay.platform.outbound.OutboundHttp;
import dev.assay.platform.outbound.OutboundUrl;
import dev.assay.platform.outbound.Resolved;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Posts notifications through {@link OutboundHttp}, and reads nothing of the answer beyond its status and Retry-After.
 */
@ApplicationScoped
class GuardedHttp implements ManageReceivers.TargetGuard {
    private final OutboundHttp http;
    private final Duration timeout;

    GuardedHttp(Vertx vertx, AlertConfig config) {
        this.http = new OutboundHttp(vertx, config.allowedHosts(), "ASSAY_WEBHOOK_ALLOWED_HOSTS");
        this.timeout = config.sendTimeout();
    }

    @Override
    public Uni<Optional<Attempt.Forbidden>> check(OutboundUrl url) {
        return http.resolve(url)
                .map(resolved -> resolved instanceof Resolved.Forbidden forbidden
                        ? Optional.of(new Attempt.Forbidden(forbidden.reason()))
                        : Optional.empty());
    }

    /** Posts once; never fails. */
    Uni<Attempt> post(OutboundUrl url, Map<String, String> headers, String body) {
        return http.resolve(url).chain(resolved -> {
            if (resolved instanceof Resolved.Address address) {
                return post(url, address, headers, body);
            }
            return Uni.createFrom()
                    .item(
                            resolved instanceof Resolved.Forbidden forbidden
                                    ? new Attempt.Forbidden(forbidden.reason())
                                    : new Attempt.Unreachable(((Resolved.Unknown) resolved).reason()));
        });
    }

    private Uni<Attempt> post(OutboundUrl url, Resolved.Address to, Map<String, String> headers, String body) {
        return http.post(url, to, headers, body, response -> Uni.createFrom().item(answered(response)))
                .ifNoItem()
                .after(timeout)
                .fail()
                .onFailure()
                .recoverWithItem(failure -> new Attempt.Unreachable(reason(failure)));
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
