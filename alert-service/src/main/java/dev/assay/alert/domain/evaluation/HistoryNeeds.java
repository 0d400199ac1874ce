package dev.assay.alert.domain.evaluation;

import dev.assay.alert.domain.rule.Rule;
import dev.assay.alert.domain.rule.RuleWindow;
import dev.assay.alert.domain.rule.Threshold;

/**
 * How far back each grain must reach so that a rule can be evaluated. Minutes since the epoch, inclusive;
 * {@link #NOTHING} where a grain is not needed.
 */
public record HistoryNeeds(long minutesFrom, long quartersFrom, long daysFrom) {
    /** Later than any time. */
    public static final long NOTHING = Long.MAX_VALUE;

    /** For evaluations after {@code after} (exclusive). */
    public static HistoryNeeds of(Rule rule, long after) {
        long first = after + 1;
        RuleWindow window = rule.window();
        long start = window.start(first);
        long minutes = window.isFine() ? start : RuleWindow.floor(first, RuleWindow.QUARTER) - RuleWindow.QUARTER;
        long quarters = window.isFine() ? NOTHING : start;
        long days = NOTHING;
        if (rule.threshold() instanceof Threshold.TimesBaseline) {
            long boundary = BaselineReading.boundary(rule, first);
            if (window.calendarDay()) {
                days = boundary - (long) BaselineReading.MAX_DAYS * RuleWindow.DAY_MINUTES;
            } else {
                quarters = Math.min(quarters, boundary - (long) BaselineReading.slots(window) * window.minutes());
            }
        }
        return new HistoryNeeds(minutes, quarters, days);
    }

    /** Whether a window of a grain is late enough to be needed. */
    public boolean includes(GroupHistory.Grain grain, long start) {
        return start >= from(grain);
    }

    /** The first minute of a grain that is needed. */
    public long from(GroupHistory.Grain grain) {
        return switch (grain) {
            case MINUTE -> minutesFrom;
            case QUARTER -> quartersFrom;
            case DAY -> daysFrom;
        };
    }

    public HistoryNeeds and(HistoryNeeds other) {
        return new HistoryNeeds(
                Math.min(minutesFrom, other.minutesFrom),
                Math.min(quartersFrom, other.quartersFrom),
                Math.min(daysFrom, other.daysFrom));
    }
}
