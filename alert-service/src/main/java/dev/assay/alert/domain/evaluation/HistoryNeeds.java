package dev.assay.alert.domain.evaluation;

import dev.assay.alert.domain.rule.Baseline;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.alert.domain.rule.RuleWindow;
import dev.assay.alert.domain.rule.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far back each grain must reach so that a rule can be evaluated. Minutes since the epoch, inclusive;
 * {@link #NOTHING} where a grain is not needed.
 *
 * @param spans stretches of quarter hours further back that are needed too
 */
public record HistoryNeeds(long minutesFrom, long quartersFrom, long daysFrom, List<Span> spans) {
    /** Later than any time. */
    public static final long NOTHING = Long.MAX_VALUE;

    /** Quarter hours that start in {@code [from, to)}. */
    public record Span(long from, long to) {
        boolean includes(long start) {
            return start >= from && start < to;
        }
    }

    public HistoryNeeds {
        spans = List.copyOf(spans);
    }

    /** For evaluations after {@code after} (exclusive) up to {@code upTo} (inclusive). */
    public static HistoryNeeds of(Rule rule, long after, long upTo) {
        long first = after + 1;
        RuleWindow window = rule.window();
        long start = window.start(first);
        long minutes = window.isFine() ? start : RuleWindow.floor(first, RuleWindow.QUARTER) - RuleWindow.QUARTER;
        if (rule.threshold() instanceof Threshold.BurnRate burn) {
            minutes = Math.min(minutes, burn.shortWindow().start(first));
        }
        long quarters = window.isFine() ? NOTHING : start;
        long days = NOTHING;
        List<Span> spans = new ArrayList<>();
        Optional<Baseline> baseline = Rule.baseline(rule.threshold());
        if (baseline.isPresent()) {
            long boundary = BaselineReading.boundary(rule, first);
            if (baseline.get() == Baseline.SAME_HOUR) {
                long last = BaselineReading.boundary(rule, upTo);
                for (int week = 1; week <= BaselineReading.MAX_WEEKS; week++) {
                    long back = (long) week * BaselineReading.WEEK;
                    spans.add(new Span(boundary - back - window.minutes(), last - back + 2L * window.minutes()));
                }
            } else if (window.calendarDay()) {
                days = boundary - (long) BaselineReading.MAX_DAYS * RuleWindow.DAY_MINUTES;
            } else {
                quarters = Math.min(quarters, boundary - (long) BaselineReading.slots(window) * window.minutes());
            }
        }
        return new HistoryNeeds(minutes, quarters, days, spans);
    }

    /** Whether a window of a grain is needed. */
    public boolean includes(GroupHistory.Grain grain, long start) {
        return start >= from(grain)
                || grain == GroupHistory.Grain.QUARTER && spans.stream().anyMatch(span -> span.includes(start));
    }

    /** The first minute of a grain from which on all are needed. */
    public long from(GroupHistory.Grain grain) {
        return switch (grain) {
            case MINUTE -> minutesFrom;
            case QUARTER -> quartersFrom;
            case DAY -> daysFrom;
        };
    }

    /** The spans, those that overlap joined and cut off where all quarter hours are needed anyway. */
    public List<Span> joinedSpans() {
        List<Span> joined = new ArrayList<>();
        for (Span span : spans.stream()
                .sorted(java.util.Comparator.comparingLong(Span::from))
                .toList()) {
            Span cut = new Span(span.from(), Math.min(span.to(), quartersFrom));
            Span last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && cut.from() <= last.to()) {
                joined.set(joined.size() - 1, new Span(last.from(), Math.max(last.to(), cut.to())));
            } else if (cut.from() < cut.to()) {
                joined.add(cut);
            }
        }
        return joined;
    }

    public HistoryNeeds and(HistoryNeeds other) {
        List<Span> both = new ArrayList<>(spans);
        both.addAll(other.spans);
        return new HistoryNeeds(
                Math.min(minutesFrom, other.minutesFrom),
                Math.min(quartersFrom, other.quartersFrom),
                Math.min(daysFrom, other.daysFrom),
                both.stream().distinct().toList());
    }
}
