package dev.assay.ingest.otlp;

import dev.assay.ingest.domain.mapping.Attributes;
import dev.assay.ingest.domain.metrics.TelemetryMetric.Point;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A data point being read, whatever the encoding. */
final class PointDraft {
    private static final long NO_RECORDED_VALUE = 1;

    long start;
    long time;
    long flags;

    @Nullable
    Long count;

    @Nullable
    Double sum;

    final List<Double> bounds = new ArrayList<>();
    final List<Long> buckets = new ArrayList<>();
    final Attributes attributes = new Attributes();

    /** Into the list, unless its sender marks it as a gap. */
    void addTo(List<Point> points) {
        if ((flags & NO_RECORDED_VALUE) == 0) {
            points.add(new Point(start, time, count, sum, List.copyOf(bounds), List.copyOf(buckets), attributes));
        }
    }
}
