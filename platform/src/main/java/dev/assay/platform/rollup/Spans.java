package dev.assay.platform.rollup;

import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.Steps;
import dev.assay.platform.window.Minutes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Which parts of a range are read from hour rows and which from minutes.
 *
 * @param hours in hours since the epoch
 * @param minutes in minutes since the epoch
 */
record Spans(List<Span> hours, List<Span> minutes) {

    /** {@code low} inclusive, {@code high} exclusive. */
    record Span(int low, int high) {}

    static Spans minutesOnly(long from, long to) {
        return new Spans(List.of(), List.of(new Span(Math.toIntExact(from), Math.toIntExact(to))));
    }

    /** Hours where nothing is dirty and no step begins within; minutes for the rest. */
    static Spans of(KpiQuery query, Set<Integer> dirty) {
        long from = query.range().firstMinute();
        long to = query.range().endMinute();
        List<Span> hours = new ArrayList<>();
        List<Span> minutes = new ArrayList<>();
        long open = from; // start of the minutes not yet given to a span
        Steps steps = query.steps();
        for (long hour = Math.floorDiv(from + 59, 60L); hour * 60 + 60 <= to; hour++) {
            boolean usable = !dirty.contains((int) hour) && withinOneStep(steps, hour);
            if (usable) {
                addSpan(minutes, open, hour * 60);
                addSpan(hours, hour, hour + 1);
                open = hour * 60 + 60;
            }
        }
        addSpan(minutes, open, to);
        return new Spans(hours, minutes);
    }

    private static boolean withinOneStep(Steps steps, long hour) {
        return steps.size() == 0
                || steps.indexOf(Minutes.start(hour * 60)) == steps.indexOf(Minutes.start(hour * 60 + 59));
    }

    private static void addSpan(List<Span> spans, long low, long high) {
        if (low >= high) {
            return;
        }
        int last = spans.size() - 1;
        if (last >= 0 && spans.get(last).high() == low) {
            spans.set(last, new Span(spans.get(last).low(), Math.toIntExact(high)));
        } else {
            spans.add(new Span(Math.toIntExact(low), Math.toIntExact(high)));
        }
    }
}
