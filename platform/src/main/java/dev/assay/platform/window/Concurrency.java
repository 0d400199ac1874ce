package dev.assay.platform.window;

import dev.assay.contracts.kpi.v1.Measure;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How many calls are open at once, as something that merges: each minute keeps the calls open at its start and the changes
 * by millisecond, and a call marks every minute that it spans.
 *
 * <p>A call is open in {@code [start, end)}, told apart to the millisecond; one shorter than that, but not empty, counts
 * as a millisecond. Each minute can be swept by itself. The states of different minutes must not be added.
 */
public final class Concurrency {
    /** How long a call without an end counts as open. */
    public static final long OPEN_END_MICROS = 10 * Minutes.MICROS;

    /** The longest that a call counts as open: it bounds the minutes that one call marks. */
    public static final long LONGEST_MICROS = ExponentialHistogram.MAX_VALUE;

    private static final long MICROS_PER_MILLI = 1_000;
    private static final long MILLIS_PER_MINUTE = 60_000;
    private static final int SECONDS_PER_MINUTE = 60;

    private Concurrency() {}

    /** What a minute came to: the most calls open at once, and those open at its end. */
    public record Level(long peak, long end) {}

    /**
     * Adds ({@code sign} 1) or takes back ({@code sign} -1) a call's marks.
     *
     * @param startMicros when it started, in microseconds since the epoch
     * @param endMicros when it ended; null while that is not known: it is then open for {@link #OPEN_END_MICROS}
     * @param minute gives the window of a minute since the epoch, asked once for each minute that the call spans
     */
    public static void contribute(
            long startMicros, @Nullable Long endMicros, int sign, LongFunction<WindowState> minute) {
        long end = endMicros == null ? startMicros + OPEN_END_MICROS : endMicros;
        if (end <= startMicros) {
            return;
        }
        long startMilli = Math.floorDiv(startMicros, MICROS_PER_MILLI);
        long endMilli = Math.floorDiv(Math.min(end, startMicros + LONGEST_MICROS), MICROS_PER_MILLI);
        endMilli = Math.max(endMilli, startMilli + 1);
        long first = Math.floorDiv(startMilli, MILLIS_PER_MINUTE);
        long last = Math.floorDiv(endMilli - 1, MILLIS_PER_MINUTE);
        for (long m = first; m <= last; m++) {
            WindowState window = minute.apply(m);
            if (m == first) {
                window.addBucket(Measure.MEASURE_CONCURRENCY, (int) (startMilli - m * MILLIS_PER_MINUTE), sign);
            } else {
                window.add(Measure.MEASURE_CONCURRENCY, sign, 0);
            }
            long endInMinute = endMilli - m * MILLIS_PER_MINUTE;
            if (endInMinute < MILLIS_PER_MINUTE) {
                window.addBucket(Measure.MEASURE_CONCURRENCY, (int) endInMinute, -sign);
            }
        }
    }

    /** Counts ({@code sign} 1) or takes back ({@code sign} -1) a call's start in the second of its minute. */
    public static void contributeStart(long startMicros, int sign, WindowState minute) {
        long inMinute = Math.floorMod(startMicros, Minutes.MICROS);
        minute.addBucket(Measure.MEASURE_STARTS_PER_SECOND, (int) (inMinute / 1_000_000), sign);
    }

    /** Sweeps one minute, merged over its sources (and, for a group, over its series). */
    public static Level sweep(WindowState minute) {
        MeasureState state = minute.get(Measure.MEASURE_CONCURRENCY);
        Buckets changes = state.buckets();
        long open = state.count();
        long peak = !changes.isEmpty() && changes.indexAt(0) == 0 ? 0 : Math.max(0, open);
        for (int i = 0; i < changes.size(); i++) {
            open += changes.countAt(i);
            peak = Math.max(peak, open);
        }
        return new Level(peak, Math.max(0, open));
    }

    /** The most calls started within one second of a minute, merged over its sources. */
    public static long peakStartsPerSecond(WindowState minute) {
        Buckets starts = minute.get(Measure.MEASURE_STARTS_PER_SECOND).buckets();
        long peak = 0;
        for (int i = 0; i < starts.size(); i++) {
            if (starts.indexAt(i) >= 0 && starts.indexAt(i) < SECONDS_PER_MINUTE) {
                peak = Math.max(peak, starts.countAt(i));
            }
        }
        return peak;
    }
}
