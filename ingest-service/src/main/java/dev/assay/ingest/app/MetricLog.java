package dev.assay.ingest.app;

import dev.assay.ingest.domain.metrics.MetricPoint;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Where clients' own metrics are kept. */
public interface MetricLog {
    /**
     * Keeps points, each once however often it is sent. Done when they are stored durably, with the number of points that were
     * not because the project has as many streams as it may have.
     */
    Uni<Integer> add(String tenant, List<MetricPoint> points);
}
