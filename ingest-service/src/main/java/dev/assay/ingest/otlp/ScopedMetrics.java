package dev.assay.ingest.otlp;

import dev.assay.ingest.domain.mapping.TelemetryResource;
import dev.assay.ingest.domain.mapping.TelemetryScope;
import dev.assay.ingest.domain.metrics.TelemetryMetric;
import java.util.List;

/** The metrics of one scope of one resource. */
public record ScopedMetrics(TelemetryResource resource, TelemetryScope scope, List<TelemetryMetric> metrics) {}
