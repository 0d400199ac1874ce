package dev.assay.ingest.domain.metrics;

import dev.assay.ingest.domain.metrics.TelemetryMetric.Point;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One point as it is stored. Times are microseconds since the epoch.
 *
 * @param slotUs what it is stored under: a delta's own time, and the minute of a cumulative point, of which the last is kept
 * @param buckets counts of the buckets between {@code bounds}, one more than these; empty when there are none
 */
public record MetricPoint(
        MetricStream stream,
        boolean delta,
        long startUs,
        long slotUs,
        long timeUs,
        @Nullable Long count,
        @Nullable Double sum,
        List<Double> bounds,
        List<Long> buckets) {
    private static final long MINUTE_US = 60_000_000;
    private static final int MAX_BUCKETS = 256;

    /** The point, or null when it holds no value that can be kept: no finite sum, a count below zero. */
    public static @Nullable MetricPoint of(MetricStream stream, int temporality, Point point) {
        Long count = point.count();
        Double sum = point.sum();
        if ((count == null && sum == null) || (count != null && count < 0) || (sum != null && !Double.isFinite(sum))) {
            return null;
        }
        boolean delta = temporality == TelemetryMetric.DELTA;
        long timeUs = point.timeNanos() / 1000;
        boolean bucketed = point.buckets().size() == point.bounds().size() + 1
                && point.buckets().size() <= MAX_BUCKETS;
        return new MetricPoint(
                stream,
                delta,
                point.startNanos() / 1000,
                delta ? timeUs : Math.floorDiv(timeUs, MINUTE_US) * MINUTE_US,
                timeUs,
                count,
                sum,
                bucketed ? point.bounds() : List.of(),
                bucketed ? point.buckets() : List.of());
    }
}
