package dev.assay.ingest.domain.capacity;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where a utilization is heading: the least-squares line through its minutes, believed only if it rises by more than twice
 * its standard error. A level that only wobbles has no trend, and never runs out.
 */
public final class UtilizationTrend {
    /** The fewest minutes from which a trend is read. */
    public static final int LEAST_MINUTES = 10;

    /** Farther ahead than this, a line through an hour says nothing. */
    public static final Duration FARTHEST = Duration.ofDays(30);

    private static final double STANDARD_ERRORS = 2;
    private static final double MILLIS_PER_MINUTE = 60_000;

    private UtilizationTrend() {}

    /**
     * How long until nothing is left, from the last minute on; zero if nothing is left now, empty if it does not run out
     * as far as one can see.
     *
     * @param utilization minute by minute, 1 being all
     */
    public static Optional<Duration> timeToExhaustion(List<Double> utilization) {
        int n = utilization.size();
        if (n > 0 && utilization.get(n - 1) >= 1) {
            return Optional.of(Duration.ZERO);
        }
        if (n < LEAST_MINUTES) {
            return Optional.empty();
        }
        double meanX = (n - 1) / 2.0;
        double meanY = utilization.stream().mapToDouble(Double::doubleValue).sum() / n;
        double xx = 0;
        double xy = 0;
        for (int x = 0; x < n; x++) {
            xx += (x - meanX) * (x - meanX);
            xy += (x - meanX) * (utilization.get(x) - meanY);
        }
        double slope = xy / xx;
        double squares = 0;
        for (int x = 0; x < n; x++) {
            double residual = utilization.get(x) - meanY - slope * (x - meanX);
            squares += residual * residual;
        }
        double error = Math.sqrt(squares / (n - 2) / xx);
        if (!(slope > 0) || slope <= STANDARD_ERRORS * error) {
            return Optional.empty();
        }
        double level = meanY + slope * (n - 1 - meanX);
        double minutes = Math.max(0, (1 - level) / slope);
        return minutes > FARTHEST.toMinutes()
                ? Optional.empty()
                : Optional.of(Duration.ofMillis(Math.round(minutes * MILLIS_PER_MINUTE)));
    }
}
