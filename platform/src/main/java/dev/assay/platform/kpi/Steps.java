package dev.assay.platform.kpi;

import dev.assay.platform.window.TimeRange;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * The steps of a query: they cover its range without gap or overlap, so that what they count adds up to the range. The
 * first and the last are shorter where the range does not begin or end on a boundary.
 */
public record Steps(List<TimeRange> ranges) {
    /** No series is asked for. */
    public static final Steps NONE = new Steps(List.of());

    public Steps {
        ranges = List.copyOf(ranges);
    }

    static Steps of(TimeRange range, Step step, ZoneId zone) {
        List<TimeRange> ranges = new ArrayList<>();
        Instant start = range.from();
        while (start.isBefore(range.to())) {
            Instant next = step.next(start, zone);
            Instant end = next.isBefore(range.to()) ? next : range.to();
            ranges.add(new TimeRange(start, end));
            start = end;
        }
        return new Steps(ranges);
    }

    /** How many there are. */
    public int size() {
        return ranges.size();
    }

    /** The position of the step that a time lies in, or -1. */
    public int indexOf(Instant time) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            TimeRange range = ranges.get(middle);
            if (range.contains(time)) {
                return middle;
            }
            if (time.isBefore(range.from())) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return -1;
    }
}
