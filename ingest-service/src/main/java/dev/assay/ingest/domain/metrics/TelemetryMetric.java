package dev.assay.ingest.domain.metrics;

import dev.assay.ingest.domain.mapping.Attributes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One metric as it was sent: a counter or a histogram.
 *
 * @param temporality as OTLP numbers it: 1 delta, 2 cumulative, 0 for what has none (a gauge)
 */
public record TelemetryMetric(String name, int temporality, List<Point> points) {
    /** Each point tells what was added since the one before it. */
    public static final int DELTA = 1;

    /** Each point tells all since its start. */
    public static final int CUMULATIVE = 2;

    /**
     * One data point.
     *
     * @param startNanos since the epoch; 0 when the sender did not say
     * @param count observations; null for a counter
     * @param sum of the observed values, or a counter's value; null when a histogram has none
     * @param bounds upper bounds of all buckets but the last; empty when the point has no such buckets
     */
    public record Point(
            long startNanos,
            long timeNanos,
            @Nullable Long count,
            @Nullable Double sum,
            List<Double> bounds,
            List<Long> buckets,
            Attributes attributes) {}
}
