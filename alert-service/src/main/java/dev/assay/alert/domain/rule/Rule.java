package dev.assay.alert.domain.rule;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When a metric is wrong, for how long it must be, and who is told.
 *
 * @param id stable; a default rule's is the same in every project
 * @param filters only series with one of these values; all must match
 * @param groupBy one alert for each combination of these dimensions; none: one for the project
 * @param forDuration how long the condition must hold before it fires
 * @param keepFiringFor how long it must not hold before it resolves
 * @param minSamples fewer observations in the window than this are no data
 * @param receivers names or ids; none: all receivers of the project
 */
public record Rule(
        String id,
        String name,
        boolean builtIn,
        boolean enabled,
        String metric,
        Map<Dimension, List<String>> filters,
        List<Dimension> groupBy,
        RuleWindow window,
        Comparison op,
        Threshold threshold,
        Duration forDuration,
        Duration keepFiringFor,
        long minSamples,
        NoDataPolicy noData,
        Severity severity,
        List<String> receivers) {

    private static final Duration MAX_WAIT = Duration.ofDays(7);
    private static final int MAX_NAME = 100;
    private static final int MAX_LIST = 50;
    private static final long MAX_SAMPLES = 1_000_000_000;

    public Rule {
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRule("name", "must have 1 to " + MAX_NAME + " printable characters");
        }
        filters = copyOf(filters);
        groupBy = List.copyOf(groupBy);
        receivers = List.copyOf(receivers);
        if (groupBy.stream().distinct().count() != groupBy.size()) {
            throw new InvalidRule("group_by", "must not name a dimension twice");
        }
        if (receivers.size() > MAX_LIST) {
            throw new InvalidRule("receivers", "must have at most " + MAX_LIST + " entries, got: " + receivers.size());
        }
        requireWait("for", forDuration);
        requireWait("keep_firing_for", keepFiringFor);
        if (minSamples < 0 || minSamples > MAX_SAMPLES) {
            throw new InvalidRule("min_samples", "must be 0 to " + MAX_SAMPLES + ", got: " + minSamples);
        }
        requireBaselineFits(threshold, window);
    }

    /** Minutes of {@code for}, a started one counted whole: evaluations are a minute apart. */
    public long forMinutes() {
        return ceilMinutes(forDuration);
    }

    /** Minutes of {@code keep_firing_for}, a started one counted whole. */
    public long keepFiringForMinutes() {
        return ceilMinutes(keepFiringFor);
    }

    private static long ceilMinutes(Duration duration) {
        return (duration.toSeconds() + 59) / 60;
    }

    private static void requireWait(String field, Duration wait) {
        if (wait.isNegative() || wait.compareTo(MAX_WAIT) > 0) {
            throw new InvalidRule(field, "must be 0s to 7d, got: " + wait);
        }
    }

    private static void requireBaselineFits(Threshold threshold, RuleWindow window) {
        if (threshold instanceof Threshold.TimesBaseline
                && !window.calendarDay()
                && (window.minutes() % RuleWindow.QUARTER != 0 || window.minutes() > RuleWindow.DAY_MINUTES)) {
            throw new InvalidRule(
                    "window",
                    "must be whole quarter hours from 15m to 1d, or day, with a baseline, got: " + window.text());
        }
    }

    private static Map<Dimension, List<String>> copyOf(Map<Dimension, List<String>> filters) {
        Map<Dimension, List<String>> copy = new TreeMap<>();
        filters.forEach((dimension, values) -> {
            if (values.isEmpty() || values.size() > MAX_LIST) {
                throw new InvalidRule(
                        "filters." + dimension.wireName(),
                        "must have 1 to " + MAX_LIST + " values, got: " + values.size());
            }
            copy.put(dimension, List.copyOf(values));
        });
        return java.util.Collections.unmodifiableMap(copy);
    }
}
