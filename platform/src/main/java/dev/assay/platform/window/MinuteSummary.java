package dev.assay.platform.window;

/**
 * What can only be told minute by minute, over a run of minutes: peaks and uptime, which the sum of the minutes' states no
 * longer shows.
 *
 * @param peakConcurrency the most calls open at once
 * @param lastConcurrency the calls open at the end of the last minute
 * @param peakStartsPerSecond the most calls started within one second
 * @param upMinutes minutes in which the service was up
 * @param downMinutes minutes in which it was down; a minute that told neither is in none of the two
 */
public record MinuteSummary(
        long peakConcurrency, long lastConcurrency, long peakStartsPerSecond, long upMinutes, long downMinutes) {
    /** Of no minutes. */
    public static final MinuteSummary NONE = new MinuteSummary(0, 0, 0, 0, 0);

    /** Of a single minute. */
    static MinuteSummary of(long peak, long end, long peakStarts, UptimeRule.Verdict verdict) {
        return new MinuteSummary(
                peak,
                end,
                peakStarts,
                verdict == UptimeRule.Verdict.UP ? 1 : 0,
                verdict == UptimeRule.Verdict.DOWN ? 1 : 0);
    }

    /** This run followed by a later one. */
    public MinuteSummary then(MinuteSummary later) {
        return new MinuteSummary(
                Math.max(peakConcurrency, later.peakConcurrency),
                later.lastConcurrency,
                Math.max(peakStartsPerSecond, later.peakStartsPerSecond),
                upMinutes + later.upMinutes,
                downMinutes + later.downMinutes);
    }
}
