package dev.assay.platform.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An error answer as RFC 9457 has it: thrown anywhere in a request, rendered as {@code application/problem+json}.
 *
 * <p>{@code detail} names the field and what is allowed. No stack trace is taken: a problem is an answer, not a fault.
 */
public final class Problem extends RuntimeException {
    private final transient Body body;
    private final @Nullable Duration retryAfter;

    /** The JSON of a problem; {@code field} is the parameter or field at fault, if it is one. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Body(
            String type,
            String title,
            int status,
            String detail,
            @Nullable String field) {}

    private Problem(int status, String title, String detail, @Nullable String field, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.body = new Body("about:blank", title, status, detail, field);
        this.retryAfter = retryAfter;
    }

    /** 400: the request cannot be understood; {@code field} names the parameter. */
    public static Problem badRequest(@Nullable String field, String detail) {
        return new Problem(400, "Bad Request", withField(field, detail), field, null);
    }

    /** 401: no key, or one that is unknown, revoked or malformed. */
    public static Problem unauthorized(String detail) {
        return new Problem(401, "Unauthorized", detail, null, null);
    }

    /** 403: the key is good, but not for this. */
    public static Problem forbidden(String detail) {
        return new Problem(403, "Forbidden", detail, null, null);
    }

    public static Problem notFound(String detail) {
        return new Problem(404, "Not Found", detail, null, null);
    }

    public static Problem conflict(String detail) {
        return new Problem(409, "Conflict", detail, null, null);
    }

    /** 413: over a limit, which {@code detail} names. */
    public static Problem tooLarge(String detail) {
        return new Problem(413, "Content Too Large", detail, null, null);
    }

    public static Problem unsupportedMediaType(String detail) {
        return new Problem(415, "Unsupported Media Type", detail, null, null);
    }

    /** 422: understood, but a value breaks a rule. */
    public static Problem unprocessable(@Nullable String field, String detail) {
        return new Problem(422, "Unprocessable Content", withField(field, detail), field, null);
    }

    /** 429: the caller sends faster than it may. */
    public static Problem tooManyRequests(String detail, Duration retryAfter) {
        return new Problem(429, "Too Many Requests", detail, null, retryAfter);
    }

    /** 503: something this needs is away for now. */
    public static Problem unavailable(String detail, Duration retryAfter) {
        return new Problem(503, "Service Unavailable", detail, null, retryAfter);
    }

    /** Any other status. */
    public static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail, null, null);
    }

    private static String withField(@Nullable String field, String detail) {
        return field == null || detail.contains(field) ? detail : field + " " + detail;
    }

    public Body body() {
        return body;
    }

    public int status() {
        return body.status();
    }

    /** How long to wait before trying again, or null when trying again will not help. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
