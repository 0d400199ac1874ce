package dev.assay.alert.domain.rule;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When a metric is wrong, for how long it must be, and who is told.
 *
 * @param id stable; a default rule's is the same in every project
 * @param filters only series with one of these values; all must match
 * @param groupBy one alert for each combination of these dimensions; none: one for the project
 * @param forDuration how long the condition must hold before it fires
 * @param keepFiringFor how long it must not hold before it resolves
 * @param evidence what a value must rest on
 * @param receivers names or ids; none: all receivers of the project
 * @param escalation who is told later, if nobody acknowledges
 * @param escalationPolicy name or id of the policy that says who is told, and later; empty for none
 * @param annotations what its notifications say beside
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
        Evidence evidence,
        NoDataPolicy noData,
        Severity severity,
        List<String> receivers,
        List<Escalation> escalation,
        String escalationPolicy,
        Annotations annotations) {

    private static final Duration MAX_WAIT = Duration.ofDays(7);
    private static final int MAX_NAME = 100;
    private static final int MAX_LIST = 50;

    public Rule {
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRule("name", "must have 1 to " + MAX_NAME + " printable characters");
        }
        filters = copyOf(filters);
        groupBy = List.copyOf(groupBy);
        receivers = List.copyOf(receivers);
        escalation = Escalation.ordered(escalation);
        if (!escalationPolicy.isEmpty() && !escalation.isEmpty()) {
            throw new InvalidRule("escalation_policy", "must not be given beside escalation");
        }
        if (groupBy.stream().distinct().count() != groupBy.size()) {
            throw new InvalidRule("group_by", "must not name a dimension twice");
        }
        if (receivers.size() > MAX_LIST) {
            throw new InvalidRule("receivers", "must have at most " + MAX_LIST + " entries, got: " + receivers.size());
        }
        requireWait("for", forDuration);
        requireWait("keep_firing_for", keepFiringFor);
        requireBaselineFits(threshold, window);
        requireBurnFits(threshold, window, op);
        requireClearFits(threshold, op);
    }

    /** The same rule held against something else. */
    public Rule under(Threshold other) {
        return new Rule(
                id,
                name,
                builtIn,
                enabled,
                metric,
                filters,
                groupBy,
                window,
                op,
                other,
                forDuration,
                keepFiringFor,
                evidence,
                noData,
                severity,
                receivers,
                escalation,
                escalationPolicy,
                annotations);
    }

    /** The fewest observations that a value must rest on. */
    public long minSamples() {
        return evidence.minSamples();
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
        Optional<Baseline> baseline = baseline(threshold);
        if (baseline.isEmpty()) {
            return;
        }
        if (!window.calendarDay()
                && (window.minutes() % RuleWindow.QUARTER != 0 || window.minutes() > RuleWindow.DAY_MINUTES)) {
            throw new InvalidRule(
                    "window",
                    "must be whole quarter hours from 15m to 1d, or day, with a baseline, got: " + window.text());
        }
        if (baseline.get() == Baseline.SAME_HOUR
                && (window.calendarDay() || window.minutes() > 4 * RuleWindow.QUARTER)) {
            throw new InvalidRule("window", "must be 15m to 1h with the baseline same_hour, got: " + window.text());
        }
    }

    /** The baseline that a threshold goes by, if any. */
    public static Optional<Baseline> baseline(Threshold threshold) {
        if (threshold instanceof Threshold.TimesBaseline times) {
            return Optional.of(times.baseline());
        }
        return threshold instanceof Threshold.Anomaly anomaly ? Optional.of(anomaly.baseline()) : Optional.empty();
    }

    private static void requireBurnFits(Threshold threshold, RuleWindow window, Comparison op) {
        if (!(threshold instanceof Threshold.BurnRate burn)) {
            return;
        }
        if (op != Comparison.GREATER && op != Comparison.GREATER_OR_EQUAL) {
            throw new InvalidRule("op", "must be > or >= with a burn rate");
        }
        if (window.calendarDay()
                || burn.shortWindow().calendarDay()
                || !burn.shortWindow().isFine()) {
            throw new InvalidRule("short_window", "must be 1m to 1h, and window must not be day, with a burn rate");
        }
        if (burn.shortWindow().minutes() >= window.minutes()) {
            throw new InvalidRule(
                    "short_window",
                    "must be shorter than window, " + window.text() + ", got: "
                            + burn.shortWindow().text());
        }
    }

    /** A level that clears lies on the right side of the one that fires. */
    private static void requireClearFits(Threshold threshold, Comparison op) {
        boolean upper = op.isUpper();
        if (threshold instanceof Threshold.Constant constant) {
            requireClear("clear_threshold", constant.clear(), constant.value(), upper);
        } else if (threshold instanceof Threshold.TimesBaseline times) {
            requireClear("clear_factor", times.clearFactor(), times.factor(), upper);
        } else if (threshold instanceof Threshold.Anomaly anomaly) {
            requireClear("clear_score", anomaly.clearScore(), anomaly.score(), true);
        }
    }

    private static void requireClear(String field, @Nullable Double clear, double fires, boolean upper) {
        if (clear != null && (upper ? clear > fires : clear < fires)) {
            throw new InvalidRule(
                    field, "must be " + (upper ? "at most " : "at least ") + fires + ", which fires, got: " + clear);
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
