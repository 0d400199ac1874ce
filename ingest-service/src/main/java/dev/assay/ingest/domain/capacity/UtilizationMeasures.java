package dev.assay.ingest.domain.capacity;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.WindowState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a minute of a limit tells the windows: its utilization, one observation each. */
public final class UtilizationMeasures {
    /** The measures that limits contribute to. */
    public static final Set<Measure> ALL =
            Set.of(Measure.MEASURE_RPS_UTILIZATION, Measure.MEASURE_CONCURRENCY_UTILIZATION);

    private static final int DIGITS = 6;

    /** The window of a limit's minute. */
    public static WindowState of(CapacityLimit limit, MinuteLoad minute) {
        WindowState window = new WindowState();
        observe(Measure.MEASURE_RPS_UTILIZATION, CapacityUse.rpsUtilization(limit, minute), window);
        observe(Measure.MEASURE_CONCURRENCY_UTILIZATION, CapacityUse.concurrencyUtilization(limit, minute), window);
        return window;
    }

    /** What a stored window tells of utilization, without what else it may tell. */
    public static WindowState in(WindowState stored) {
        WindowState window = new WindowState();
        for (Measure measure : ALL) {
            window.add(measure, stored.get(measure).count(), 0);
            window.addSum(measure, stored.get(measure).sum());
        }
        return window;
    }

    private static void observe(Measure measure, @Nullable Double utilization, WindowState window) {
        if (utilization != null) {
            window.add(measure, 1, 0);
            window.addSum(measure, BigDecimal.valueOf(utilization).setScale(DIGITS, RoundingMode.HALF_EVEN));
        }
    }

    private UtilizationMeasures() {}
}
