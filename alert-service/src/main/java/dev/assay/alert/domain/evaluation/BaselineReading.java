package dev.assay.alert.domain.evaluation;

import dev.assay.alert.domain.rule.Baseline;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.alert.domain.rule.RuleWindow;
import dev.assay.alert.domain.rule.Threshold;
import dev.assay.platform.window.WindowState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What is usual for one group at one time, as {@link Baseline} defines it. */
final class BaselineReading {
    static final int MAX_SLOTS = 96;
    static final int MAX_DAYS = 14;
    private static final int MIN_SLOTS = 4;
    private static final int MIN_DAYS = 7;
    static final int MAX_WEEKS = 4;
    private static final int MIN_WEEKS = 2;
    static final int WEEK = 7 * RuleWindow.DAY_MINUTES;
    private static final Duration DAY = Duration.ofDays(1);

    private final Rule rule;
    private final Metric metric;
    private final Baseline baseline;
    private final GroupHistory history;
    private final Map<Long, Optional<Reading>> slots = new HashMap<>();
    private @Nullable Long computedFor;
    private Level level = new Level(null, 0, "");

    /** The usual value with the robust deviation of those that it is made from, or null and why there is none. */
    record Level(@Nullable Double value, double deviation, String reason) {}

    BaselineReading(Rule rule, Metric metric, Baseline baseline, GroupHistory history) {
        this.rule = rule;
        this.metric = metric;
        this.baseline = baseline;
        this.history = history;
    }

    /** The level that a window ending at {@code end} is held against. */
    Level at(long end) {
        long boundary = boundary(rule, end);
        Long last = computedFor;
        if (last == null || last != boundary) {
            level = baseline == Baseline.SAME_HOUR
                    ? ofWeeks(boundary)
                    : rule.window().calendarDay() ? ofDays(boundary) : ofSlots(boundary);
            computedFor = boundary;
        }
        return level;
    }

    /** Where the earlier windows end: before today, or before the window and its {@code for} began. */
    static long boundary(Rule rule, long end) {
        if (rule.window().calendarDay()) {
            return rule.window().start(end);
        }
        if (Rule.baseline(rule.threshold()).orElseThrow() == Baseline.SAME_HOUR) {
            return RuleWindow.floor(end - rule.window().minutes(), RuleWindow.QUARTER);
        }
        return RuleWindow.floor(end - rule.window().minutes() - rule.forMinutes(), RuleWindow.QUARTER);
    }

    /** How many earlier windows are looked at. */
    static int slots(RuleWindow window) {
        return Math.min(MAX_SLOTS, MAX_DAYS * RuleWindow.DAY_MINUTES / window.minutes());
    }

    private Level ofSlots(long boundary) {
        int length = rule.window().minutes();
        List<Double> values = new ArrayList<>();
        for (int i = 1; i <= slots(rule.window()); i++) {
            long start = boundary - (long) i * length;
            slots.computeIfAbsent(
                            start,
                            first -> reading(
                                    history.sum(first, first + length),
                                    rule.window().duration()))
                    .ifPresent(reading -> values.add(reading.value()));
        }
        if (values.size() < MIN_SLOTS) {
            return missing(
                    values.size(), MIN_SLOTS, "windows of " + rule.window().text());
        }
        return level(values);
    }

    /** The same time of the weeks before, with a window on either side: {@code start} is where the window begins. */
    private Level ofWeeks(long start) {
        int length = rule.window().minutes();
        List<Double> values = new ArrayList<>();
        int weeks = 0;
        for (int week = 1; week <= MAX_WEEKS; week++) {
            int before = values.size();
            for (int beside = -1; beside <= 1; beside++) {
                long from = start - (long) week * WEEK + (long) beside * length;
                slots.computeIfAbsent(
                                from,
                                first -> reading(
                                        history.sum(first, first + length),
                                        rule.window().duration()))
                        .ifPresent(reading -> values.add(reading.value()));
            }
            weeks += values.size() > before ? 1 : 0;
        }
        return weeks < MIN_WEEKS ? missing(weeks, MIN_WEEKS, "weeks") : level(values);
    }

    private Level ofDays(long today) {
        OptionalLong firstDay = history.firstDay();
        long days = firstDay.isEmpty() ? 0 : Math.max(0, (today - firstDay.getAsLong()) / RuleWindow.DAY_MINUTES);
        if (days < MIN_DAYS) {
            return missing(days, MIN_DAYS, "days");
        }
        List<Double> values = new ArrayList<>();
        for (int i = 1; i <= Math.min(days, MAX_DAYS); i++) {
            WindowState day = history.at(GroupHistory.Grain.DAY, today - (long) i * RuleWindow.DAY_MINUTES);
            Optional<Reading> reading = day == null ? Optional.empty() : reading(day, DAY);
            reading.map(Reading::value)
                    .or(() -> metric.additive() ? Optional.of(0.0) : Optional.empty())
                    .ifPresent(values::add);
        }
        return values.isEmpty() ? missing(0, MIN_DAYS, "days") : level(values);
    }

    private Optional<Reading> reading(WindowState window, Duration length) {
        if (window.isEmpty()) {
            return Optional.empty();
        }
        return metric.read(window, length).filter(reading -> reading.samples() >= rule.minSamples());
    }

    private Level level(List<Double> values) {
        double[] all = values.stream().mapToDouble(Double::doubleValue).toArray();
        return rule.threshold() instanceof Threshold.Anomaly
                ? new Level(Baseline.median(all), Baseline.robustDeviation(all), "")
                : new Level(baseline.of(all), 0, "");
    }

    private static Level missing(long has, long needs, String what) {
        return new Level(null, 0, "not enough history: " + has + " of " + needs + " " + what);
    }
}
