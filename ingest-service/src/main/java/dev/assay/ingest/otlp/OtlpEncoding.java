package dev.assay.ingest.otlp;

import dev.assay.platform.web.Problem;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The two encodings of OTLP over HTTP; an answer has the one of its request. */
enum OtlpEncoding {
    PROTOBUF("application/x-protobuf"),
    JSON("application/json");

    private final String mediaType;

    OtlpEncoding(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** The encoding that a Content-Type names, whatever its parameters. */
    static Optional<OtlpEncoding> find(@Nullable String contentType) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "application/x-protobuf", "application/protobuf" -> Optional.of(PROTOBUF);
            case "application/json" -> Optional.of(JSON);
            default -> Optional.empty();
        };
    }

    static OtlpEncoding of(@Nullable String contentType) {
        return find(contentType)
                .orElseThrow(() -> Problem.unsupportedMediaType(
                        "Content-Type must be application/x-protobuf or application/json"));
    }
}
