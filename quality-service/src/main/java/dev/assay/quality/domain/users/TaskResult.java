package dev.assay.quality.domain.users;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.WindowState;

/**
 * How a task ended: what it adds to its window. The time counts of successes only.
 *
 * @param success whether it was completed
 * @param durationUs from start to end, in microseconds
 */
public record TaskResult(boolean success, long durationUs) {
    public TaskResult {
        if (durationUs < 0) {
            throw new IllegalArgumentException("durationUs must be >= 0, got: " + durationUs);
        }
    }

    /** Adds this to a window ({@code sign} 1) or takes it back ({@code sign} -1). */
    public void addTo(WindowState window, int sign) {
        window.add(Measure.MEASURE_TASK_SUCCESS, sign, success ? sign : 0);
        if (success) {
            window.observeMicros(Measure.MEASURE_TIME_TO_COMPLETION, durationUs, sign);
        }
    }
}
