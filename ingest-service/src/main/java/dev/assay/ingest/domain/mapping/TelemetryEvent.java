package dev.assay.ingest.domain.mapping;

/** A named moment within a span. Time in nanoseconds since the epoch. */
public record TelemetryEvent(String name, long timeNanos, Attributes attributes) {}
