package dev.assay.ingest.reads;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.WindowState;

/** How many calls a window stands for, cancelled ones included. */
final class CallVolume {
    static long of(WindowState window) {
        return window.get(Measure.MEASURE_CALLS).count()
                + window.get(Measure.MEASURE_CANCELLED).count();
    }

    private CallVolume() {}
}
