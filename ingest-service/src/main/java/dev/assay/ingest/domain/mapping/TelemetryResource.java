package dev.assay.ingest.domain.mapping;

/** Who sent the telemetry: the attributes of its resource. */
public record TelemetryResource(Attributes attributes) {
    /** A sender that says nothing about itself. */
    public static final TelemetryResource UNKNOWN = new TelemetryResource(Attributes.NONE);
}
