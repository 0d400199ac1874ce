package dev.assay.ingest.domain.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Counts between explicit bounds, as OTLP has them: the first bucket ends at the first bound, the last has none.
 *
 * @param buckets one more than {@code bounds}
 */
public record Histogram(List<Double> bounds, List<Long> buckets) {
    public Histogram {
        bounds = List.copyOf(bounds);
        buckets = List.copyOf(buckets);
        if (buckets.size() != bounds.size() + 1) {
            throw new IllegalArgumentException(
                    "there must be one bucket more than bounds, got: " + buckets.size() + " and " + bounds.size());
        }
    }

    /** Both together ({@code sign} 1), or what this has more than the other ({@code sign} -1); the bounds are the same. */
    public Histogram plus(Histogram other, int sign) {
        if (!bounds.equals(other.bounds)) {
            throw new IllegalArgumentException("histograms of different bounds do not add up");
        }
        List<Long> sum = new ArrayList<>(buckets.size());
        for (int i = 0; i < buckets.size(); i++) {
            sum.add(buckets.get(i) + sign * other.buckets.get(i));
        }
        return new Histogram(bounds, sum);
    }

    /**
     * The value below which a share {@code q} of the observations lies, linear within its bucket; the first bucket begins at 0,
     * the last counts as its lower bound. Empty without observations or bounds.
     */
    public OptionalDouble quantile(double q) {
        long total = buckets.stream().mapToLong(Long::longValue).sum();
        if (total <= 0 || bounds.isEmpty()) {
            return OptionalDouble.empty();
        }
        double rank = q * total;
        double below = 0;
        for (int i = 0; i < bounds.size(); i++) {
            long count = buckets.get(i);
            if (count > 0 && below + count >= rank) {
                double low = i == 0 ? Math.min(0, bounds.get(0)) : bounds.get(i - 1);
                return OptionalDouble.of(low + (bounds.get(i) - low) * (rank - below) / count);
            }
            below += count;
        }
        return OptionalDouble.of(bounds.get(bounds.size() - 1));
    }
}
