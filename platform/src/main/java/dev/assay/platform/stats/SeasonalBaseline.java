package dev.assay.platform.stats;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is usual at an hour of the week, from the same hours of the weeks before.
 *
 * <p>While there are too few of these it takes the same hour of any day, then all hours; which one it took is said.
 */
public final class SeasonalBaseline {
    private static final int HOURS_PER_DAY = 24;
    private static final int HOURS_PER_WEEK = 7 * HOURS_PER_DAY;

    /** What the baseline of an hour rests on. */
    public enum Basis {
        HOUR_OF_WEEK,
        HOUR_OF_DAY,
        ALL_HOURS
    }

    /** A value and when it was observed. */
    public record Observation(Instant time, double value) {}

    /** What is expected, and from what. */
    public record Expected(RobustBaseline baseline, Basis basis) {}

    private final ZoneId zone;
    private final int minSamples;
    private final Map<Integer, List<Double>> byHourOfWeek = new HashMap<>();
    private final Map<Integer, List<Double>> byHourOfDay = new HashMap<>();
    private final List<Double> all = new ArrayList<>();

    private SeasonalBaseline(ZoneId zone, int minSamples) {
        this.zone = zone;
        this.minSamples = minSamples;
    }

    /**
     * The baseline of a history, from which the caller has left out the time that is to be judged.
     *
     * @param zone where hours and weeks begin
     * @param minSamples the fewest values that a basis needs
     */
    public static SeasonalBaseline of(List<Observation> history, ZoneId zone, int minSamples) {
        if (minSamples < 1) {
            throw new IllegalArgumentException("minSamples must be >= 1, got: " + minSamples);
        }
        SeasonalBaseline baseline = new SeasonalBaseline(zone, minSamples);
        for (Observation observation : history) {
            int hour = baseline.hourOfWeek(observation.time());
            baseline.byHourOfWeek.computeIfAbsent(hour, h -> new ArrayList<>()).add(observation.value());
            baseline.byHourOfDay
                    .computeIfAbsent(hour % HOURS_PER_DAY, h -> new ArrayList<>())
                    .add(observation.value());
            baseline.all.add(observation.value());
        }
        return baseline;
    }

    /** What is expected at a time; empty if the whole history is too short. */
    public Optional<Expected> at(Instant time) {
        int hour = hourOfWeek(time);
        return expected(byHourOfWeek.getOrDefault(hour, List.of()), Basis.HOUR_OF_WEEK)
                .or(() -> expected(byHourOfDay.getOrDefault(hour % HOURS_PER_DAY, List.of()), Basis.HOUR_OF_DAY))
                .or(() -> expected(all, Basis.ALL_HOURS));
    }

    private Optional<Expected> expected(List<Double> values, Basis basis) {
        if (values.size() < minSamples) {
            return Optional.empty();
        }
        double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
        return RobustBaseline.of(array).map(baseline -> new Expected(baseline, basis));
    }

    private int hourOfWeek(Instant time) {
        ZonedDateTime local = time.atZone(zone);
        return ((local.getDayOfWeek().getValue() - 1) * HOURS_PER_DAY + local.getHour()) % HOURS_PER_WEEK;
    }
}
