package dev.assay.localstack.supervisor;

import java.time.Duration;

/**
 * How long a process that ended waits for its next start: not at all when it had been ready, then twice as long after
 * each start that came to nothing, up to a limit.
 */
final class RestartPolicy {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    /** The wait after so many starts in a row that never became ready. */
    static Duration delay(int failedStarts) {
        if (failedStarts < 0) {
            throw new IllegalArgumentException("failedStarts must be >= 0, got: " + failedStarts);
        }
        if (failedStarts == 0) {
            return Duration.ZERO;
        }
        Duration delay = FIRST.multipliedBy(1L << Math.min(failedStarts - 1, 10));
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }

    private RestartPolicy() {}
}
