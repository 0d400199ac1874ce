package dev.assay.platform.window;

import dev.assay.contracts.kpi.v1.Measure;

/**
 * Folds rows of minutes, in order of time, into one window and a {@link MinuteSummary}.
 *
 * <p>The rows of one minute (its sources, and the series of a group) are first merged with each other, because only then
 * are concurrency, starts per second and the error rate of that minute right. The total leaves out concurrency and starts
 * per second, which mean nothing summed over minutes, unless all rows were of a single minute.
 */
public final class MinuteFold {
    private final UptimeRule uptime;
    private final WindowState total = new WindowState();
    private WindowState minute = new WindowState();
    private long current = Long.MIN_VALUE;
    private MinuteSummary before = MinuteSummary.NONE;
    private boolean several;

    public MinuteFold(UptimeRule uptime) {
        this.uptime = uptime;
    }

    /**
     * Adds a row.
     *
     * @throws IllegalArgumentException if it is of an earlier minute than the row before
     */
    public void add(long epochMinute, WindowState row) {
        if (epochMinute < current) {
            throw new IllegalArgumentException("rows must come in order of time: " + epochMinute + " after " + current);
        }
        if (epochMinute > current) {
            close();
            current = epochMinute;
        }
        minute.plus(row);
    }

    /** Adds what is already a sum over minutes: it has no part in the summary. */
    public void addTotal(WindowState coarse) {
        several = true;
        merge(coarse);
    }

    /** Everything added so far. The fold may go on. */
    public WindowState total() {
        return several
                ? copyWithoutMinuteBound()
                : new WindowState().plus(total).plus(minute);
    }

    /** What the minutes so far were one by one. */
    public MinuteSummary summary() {
        return current == Long.MIN_VALUE ? before : before.then(summaryOf(minute, uptime));
    }

    /** What one minute, merged over its sources, was. */
    public static MinuteSummary summaryOf(WindowState minute, UptimeRule uptime) {
        Concurrency.Level level = Concurrency.sweep(minute);
        UptimeRule.Verdict verdict = uptime.judge(minute);
        return new MinuteSummary(
                level.peak(),
                level.end(),
                Concurrency.peakStartsPerSecond(minute),
                verdict == UptimeRule.Verdict.UP ? 1 : 0,
                verdict == UptimeRule.Verdict.DOWN ? 1 : 0);
    }

    private void close() {
        if (current == Long.MIN_VALUE) {
            return;
        }
        several = true;
        before = before.then(summaryOf(minute, uptime));
        merge(minute);
        minute = new WindowState();
    }

    private void merge(WindowState window) {
        total.plusWithout(window, Measure.MEASURE_CONCURRENCY, Measure.MEASURE_STARTS_PER_SECOND);
    }

    private WindowState copyWithoutMinuteBound() {
        return total.copy().plusWithout(minute, Measure.MEASURE_CONCURRENCY, Measure.MEASURE_STARTS_PER_SECOND);
    }
}
