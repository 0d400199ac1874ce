package dev.assay.ingest.domain.mapping;

/** The instrumentation scope of spans: the library that made them. */
public record TelemetryScope(String name, String version) {
    /** A sender that names no scope. */
    public static final TelemetryScope UNNAMED = new TelemetryScope("", "");
}
