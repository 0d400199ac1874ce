package dev.assay.alert.domain.rule;

import java.time.Duration;

/**
 * The stretch of event time that one value is computed over: so many minutes back, or the UTC day so far.
 *
 * <p>All times are minutes since the epoch; a window ends, exclusively, at the minute of the evaluation. A sliding window
 * longer than an hour starts on a whole quarter hour, so that it can be put together from quarter hours.
 *
 * @param minutes its length; a day's for the day so far
 * @param calendarDay whether it is the UTC day so far
 */
public record RuleWindow(int minutes, boolean calendarDay) {
    /** Minutes of a quarter hour, the coarser grain of windows and baselines. */
    public static final int QUARTER = 15;

    public static final int DAY_MINUTES = 24 * 60;

    /** The longest window. */
    public static final int MAX_MINUTES = 7 * DAY_MINUTES;

    /** The UTC day so far. It starts anew at midnight, and so do the alerts on it. */
    public static final RuleWindow DAY = new RuleWindow(DAY_MINUTES, true);

    private static final int FINE_MINUTES = 60;

    public RuleWindow {
        if (minutes < 1 || minutes > MAX_MINUTES) {
            throw new InvalidRule("window", "must be 1m to 7d, or day, got: " + minutes + "m");
        }
    }

    public static RuleWindow sliding(int minutes) {
        return new RuleWindow(minutes, false);
    }

    /** {@code day}, or a whole number of minutes such as {@code 5m}. */
    public static RuleWindow parse(String text) {
        if (text.strip().equals("day")) {
            return DAY;
        }
        Duration duration = DurationText.parse("window", text);
        if (duration.compareTo(Duration.ofMinutes(1)) < 0
                || duration.compareTo(Duration.ofMinutes(MAX_MINUTES)) > 0
                || duration.toSecondsPart() != 0) {
            throw new InvalidRule("window", "must be whole minutes from 1m to 7d, or day, got: " + text);
        }
        return sliding((int) duration.toMinutes());
    }

    /** The first minute of the window that ends before minute {@code end}. */
    public long start(long end) {
        if (calendarDay) {
            return floor(end - 1, DAY_MINUTES);
        }
        return isFine() ? end - minutes : floor(end - minutes, QUARTER);
    }

    /** Whether it is short enough to be put together from single minutes. */
    public boolean isFine() {
        return !calendarDay && minutes <= FINE_MINUTES;
    }

    /** Whether a calendar's window has started anew between two evaluations. */
    public boolean restartsBetween(long before, long end) {
        return calendarDay && start(before) != start(end);
    }

    public Duration duration() {
        return Duration.ofMinutes(minutes);
    }

    /** As it is written in a rule. */
    public String text() {
        return calendarDay ? "day" : DurationText.format(duration());
    }

    /** The multiple of {@code grain} at or before {@code minute}. */
    public static long floor(long minute, int grain) {
        return Math.floorDiv(minute, grain) * grain;
    }
}
