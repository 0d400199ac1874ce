package dev.assay.platform.window;

import dev.assay.contracts.kpi.v1.Measure;

/**
 * When a minute was down: traffic says so over a share of errors, with enough calls to say so; where traffic tells
 * nothing, heartbeats do, when more than the same share of them found no answer.
 *
 * @param errorRate a minute with a larger share of errors (or of heartbeats without an answer) is down
 * @param minCalls the fewest calls from which a minute may be called down
 */
public record UptimeRule(double errorRate, long minCalls) {
    /** More than half of at least five calls failed. */
    public static final UptimeRule DEFAULT = new UptimeRule(0.5, 5);

    /** What a minute's traffic and heartbeats say. */
    public enum Verdict {
        UP,
        DOWN,
        /** No calls, or too few failed ones, and no heartbeat: not up. */
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
        MeasureState heartbeats = minute.get(Measure.MEASURE_HEARTBEATS);
        return judge(calls.count(), calls.good(), heartbeats.count(), heartbeats.good());
    }

    /**
     * Judges one minute: by its traffic, and where that tells nothing, by its heartbeats.
     *
     * @param calls without those that a client cancelled
     * @param good calls without an error
     * @param heartbeats probes that were told, whatever they found
     * @param answered probes that found the service up
     */
    Verdict judge(long calls, long good, long heartbeats, long answered) {
        long errors = calls - good;
        if (calls > 0 && errors <= errorRate * calls) {
            return Verdict.UP;
        }
        if (calls >= minCalls) {
            return Verdict.DOWN;
        }
        if (heartbeats <= 0) {
            return Verdict.UNKNOWN;
        }
        return heartbeats - answered <= errorRate * heartbeats ? Verdict.UP : Verdict.DOWN;
    }
}
