package dev.assay.ingest.http;

import dev.assay.platform.web.Problem;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How a body is compressed. One coding at a time: nested ones multiply what a few bytes become. */
enum ContentCoding {
    IDENTITY,
    GZIP,
    ZSTD;

    private static final int MAX_CODINGS = 8;

    /** The coding that the request's headers name, or null when it is none of these. */
    static @Nullable ContentCoding find(HttpServerRequest request) {
        List<String> named = request.headers().getAll("content-encoding").stream()
                .flatMap(header -> List.of(header.split(",", MAX_CODINGS)).stream())
                .map(coding -> coding.trim().toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                .toList();
        if (named.isEmpty()) {
            return IDENTITY;
        }
        return named.equals(List.of("gzip")) ? GZIP : named.equals(List.of("zstd")) ? ZSTD : null;
    }

    /** 415, for what is none of these. */
    static Problem unsupported() {
        return Problem.unsupportedMediaType("Content-Encoding must be gzip, zstd or identity");
    }
}
