package dev.assay.platform.window;

import dev.assay.contracts.kpi.v1.Measure;

/**
 * When traffic says that a minute was down: over a share of errors, with enough calls to say so.
 *
 * @param errorRate a minute with a larger share of errors is down
 * @param minCalls the fewest calls from which a minute may be called down
 */
public record UptimeRule(double errorRate, long minCalls) {
    /** More than half of at least five calls failed. */
    public static final UptimeRule DEFAULT = new UptimeRule(0.5, 5);

    /** What a minute's traffic says. */
    public enum Verdict {
        UP,
        DOWN,
        /** No calls, or too few failed ones: not up. */
        UNKNOWN
    }

    public UptimeRule {
        if (!(errorRate >= 0 && errorRate < 1)) {
            throw new IllegalArgumentException("errorRate must be >= 0 and < 1, got: " + errorRate);
        }
        if (minCalls < 1) {
            throw new IllegalArgumentException("minCalls must be >= 1, got: " + minCalls);
        }
    }

    /** Judges one minute, merged over its sources. */
    public Verdict judge(WindowState minute) {
        MeasureState calls = minute.get(Measure.MEASURE_CALLS);
        long errors = calls.count() - calls.good();
        if (calls.count() <= 0) {
            return Verdict.UNKNOWN;
        }
        if (errors <= errorRate * calls.count()) {
            return Verdict.UP;
        }
        return calls.count() >= minCalls ? Verdict.DOWN : Verdict.UNKNOWN;
    }
}
