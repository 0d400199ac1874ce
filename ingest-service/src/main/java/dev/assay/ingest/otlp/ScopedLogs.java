package dev.assay.ingest.otlp;

import dev.assay.ingest.domain.mapping.TelemetryLog;
import dev.assay.ingest.domain.mapping.TelemetryResource;
import dev.assay.ingest.domain.mapping.TelemetryScope;
import java.util.List;

/** The log records of one scope of one resource. */
public record ScopedLogs(TelemetryResource resource, TelemetryScope scope, List<TelemetryLog> logs) {}
