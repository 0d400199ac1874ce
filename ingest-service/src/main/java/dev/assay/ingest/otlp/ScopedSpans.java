package dev.assay.ingest.otlp;

import dev.assay.ingest.domain.mapping.TelemetryResource;
import dev.assay.ingest.domain.mapping.TelemetryScope;
import dev.assay.ingest.domain.mapping.TelemetrySpan;
import java.util.List;

/** The spans of one scope of one resource. */
public record ScopedSpans(TelemetryResource resource, TelemetryScope scope, List<TelemetrySpan> spans) {}
