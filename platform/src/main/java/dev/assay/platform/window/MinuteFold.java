package dev.assay.platform.window;

import dev.assay.contracts.kpi.v1.Measure;
import org.jspecify.annotations.Nullable;

/**
 * Folds minutes, in any order, into one window and a {@link MinuteSummary}.
 *
 * <p>A minute comes once and whole: the states of its rows (its sources, and the series of a group) one after the other,
 * because only merged are concurrency, starts per second and the error rate of that minute right. The total leaves out
 * concurrency and starts per second, which mean nothing summed over minutes, unless it is of a single minute.
 */
public final class MinuteFold {
    private static final Measure[] MINUTE_BOUND = {
        Measure.MEASURE_CONCURRENCY, Measure.MEASURE_STARTS_PER_SECOND,
    };

    private final @Nullable MinuteScan scan;
    private final WindowState total = new WindowState();
    /** The only minute so far, not yet in the total. */
    private byte @Nullable [] only;

    private boolean several;
    private long last = Long.MIN_VALUE;
    private MinuteSummary summary = MinuteSummary.NONE;

    /** @param scan reads what minutes tell one by one; null where only the total is wanted */
    public MinuteFold(@Nullable MinuteScan scan) {
        this.scan = scan;
    }

    /**
     * Adds a minute.
     *
     * @param states the states of all its rows, one after the other
     */
    public void add(long epochMinute, byte[] states) {
        if (scan != null) {
            addSummary(epochMinute, scan.read(states));
        }
        if (!several && only == null) {
            only = states;
        } else {
            addTotal(states);
        }
    }

    /** Adds what minutes up to and with {@code lastMinute} tell one by one; their sums come as part of a total. */
    public void addSummary(long lastMinute, MinuteSummary minutes) {
        boolean later = lastMinute > last;
        summary = later ? summary.then(minutes) : minutes.then(summary);
        last = Math.max(last, lastMinute);
    }

    /** Adds what is a sum over minutes: it has no part in the summary. */
    public void addTotal(byte[] states) {
        several = true;
        byte[] first = only;
        if (first != null) {
            only = null;
            total.plusWithout(first, MINUTE_BOUND);
        }
        total.plusWithout(states, MINUTE_BOUND);
    }

    /** Everything added so far, in a window of its own. The fold may go on. */
    public WindowState total() {
        return only == null ? total.copy() : WindowState.parse(only);
    }

    /** What the minutes so far were one by one. */
    public MinuteSummary summary() {
        return summary;
    }

    /** What one minute, merged over its sources, was. */
    public static MinuteSummary summaryOf(WindowState minute, UptimeRule uptime) {
        Concurrency.Level level = Concurrency.sweep(minute);
        return MinuteSummary.of(
                level.peak(), level.end(), Concurrency.peakStartsPerSecond(minute), uptime.judge(minute));
    }
}
