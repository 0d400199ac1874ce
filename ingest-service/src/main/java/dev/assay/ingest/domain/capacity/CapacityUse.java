package dev.assay.ingest.domain.capacity;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is used of a limit now (in the last whole minute) and at most (over the minutes looked at), and how long the rest
 * lasts. What has no limit is null.
 *
 * @param rps calls started per second, on average over the last minute
 * @param peakRps the same of the busiest minute
 * @param concurrency calls open at the end of the last minute
 * @param peakConcurrency the most calls open at once
 * @param rpsUtilization of the last minute: 1 is all that may be used
 * @param concurrencyUtilization of the last minute's peak
 * @param timeToExhaustion the sooner of the two by their trend; empty if neither runs out
 */
public record CapacityUse(
        double rps,
        double peakRps,
        long concurrency,
        long peakConcurrency,
        @Nullable Double rpsUtilization,
        @Nullable Double concurrencyUtilization,
        @Nullable Double headroomRps,
        @Nullable Long headroomConcurrency,
        Optional<Duration> timeToExhaustion) {

    /**
     * The use of a limit.
     *
     * @param minutes whole minutes in order of time, none left out; at least one
     */
    public static CapacityUse of(CapacityLimit limit, List<MinuteLoad> minutes) {
        MinuteLoad last = minutes.get(minutes.size() - 1);
        Double maxRps = limit.maxRps();
        Long maxConcurrent = limit.maxConcurrent();
        return new CapacityUse(
                last.rps(),
                minutes.stream().mapToDouble(MinuteLoad::rps).max().orElse(0),
                last.openAtEnd(),
                minutes.stream().mapToLong(MinuteLoad::peakConcurrency).max().orElse(0),
                rpsUtilization(limit, last),
                concurrencyUtilization(limit, last),
                maxRps == null ? null : Double.valueOf(Math.max(0, maxRps - last.rps())),
                maxConcurrent == null ? null : Long.valueOf(Math.max(0, maxConcurrent - last.peakConcurrency())),
                exhaustion(limit, minutes));
    }

    /** The share of {@code max_rps} that a minute used; null if that is not limited. May be over 1. */
    public static @Nullable Double rpsUtilization(CapacityLimit limit, MinuteLoad minute) {
        Double max = limit.maxRps();
        return max == null ? null : Double.valueOf(minute.rps() / max);
    }

    /** The share of {@code max_concurrent} that a minute's peak used; null if that is not limited. May be over 1. */
    public static @Nullable Double concurrencyUtilization(CapacityLimit limit, MinuteLoad minute) {
        Long max = limit.maxConcurrent();
        return max == null ? null : Double.valueOf((double) minute.peakConcurrency() / max);
    }

    /** Whether either utilization is over a ratio. */
    public boolean isAtCapacity(double ratio) {
        return rpsUtilization != null && rpsUtilization > ratio
                || concurrencyUtilization != null && concurrencyUtilization > ratio;
    }

    /** The sooner of the two; one that is not limited never runs out. */
    private static Optional<Duration> exhaustion(CapacityLimit limit, List<MinuteLoad> minutes) {
        List<Double> rps = new ArrayList<>();
        List<Double> concurrency = new ArrayList<>();
        for (MinuteLoad minute : minutes) {
            add(rpsUtilization(limit, minute), rps);
            add(concurrencyUtilization(limit, minute), concurrency);
        }
        return Stream.of(UtilizationTrend.timeToExhaustion(rps), UtilizationTrend.timeToExhaustion(concurrency))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    private static void add(@Nullable Double utilization, List<Double> to) {
        if (utilization != null) {
            to.add(utilization);
        }
    }
}
