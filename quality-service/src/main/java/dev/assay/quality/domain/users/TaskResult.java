package dev.assay.quality.domain.users;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.ExponentialHistogram;
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

    /** Adds this to a window so many times, or takes it back where {@code times} is negative. */
    public void addTo(WindowState window, long times) {
        window.add(Measure.MEASURE_TASK_SUCCESS, times, success ? times : 0);
        if (success) {
            window.add(Measure.MEASURE_TIME_TO_COMPLETION, times, 0);
            window.addSum(Measure.MEASURE_TIME_TO_COMPLETION, times * durationUs);
            window.addBucket(Measure.MEASURE_TIME_TO_COMPLETION, ExponentialHistogram.index(durationUs), times);
        }
    }
}
