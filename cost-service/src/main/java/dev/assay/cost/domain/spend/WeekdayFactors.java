package dev.assay.cost.domain.spend;

import dev.assay.platform.stats.RobustBaseline;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How each weekday compares with the mean weekday: 1.2 on Mondays says that they usually cost a fifth more.
 *
 * <p>Made of medians, so that one exceptional Monday does not make Mondays exceptional. With fewer than two days of some
 * weekday all factors are 1.
 */
public record WeekdayFactors(Map<DayOfWeek, Double> factors) {
    private static final int MIN_OF_EACH = 2;

    public WeekdayFactors {
        factors = Map.copyOf(factors);
    }

    /** The factors that these days show. */
    public static WeekdayFactors of(List<DailyCost> days) {
        return of(days, MIN_OF_EACH);
    }

    /** The factors that these days show, if each weekday occurs at least {@code minOfEach} times. */
    public static WeekdayFactors of(List<DailyCost> days, int minOfEach) {
        Map<DayOfWeek, List<Double>> costs = new EnumMap<>(DayOfWeek.class);
        for (DailyCost day : days) {
            costs.computeIfAbsent(day.date().getDayOfWeek(), weekday -> new ArrayList<>())
                    .add(day.cost().doubleValue());
        }
        Map<DayOfWeek, Double> medians = new EnumMap<>(DayOfWeek.class);
        costs.forEach((weekday, values) -> {
            if (values.size() >= minOfEach) {
                RobustBaseline.median(values.stream().mapToDouble(v -> v).toArray())
                        .ifPresent(median -> medians.put(weekday, median));
            }
        });
        double mean = medians.values().stream().mapToDouble(v -> v).average().orElse(0);
        if (medians.size() < DayOfWeek.values().length || mean <= 0) {
            return new WeekdayFactors(Map.of());
        }
        medians.replaceAll((weekday, median) -> median / mean);
        return new WeekdayFactors(medians);
    }

    /** The factor of a date's weekday. */
    public double of(LocalDate date) {
        return factors.getOrDefault(date.getDayOfWeek(), 1.0);
    }
}
