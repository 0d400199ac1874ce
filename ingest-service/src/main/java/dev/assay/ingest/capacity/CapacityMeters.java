package dev.assay.ingest.capacity;

import dev.assay.ingest.capacity.MeasureCapacity.Measured;
import dev.assay.ingest.domain.capacity.CapacityUse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is used of each limit, as gauges that an autoscaler can follow. Only the replica that measures has them: take the
 * maximum over the pods. As many series as there are limits, at most a hundred a project.
 */
@ApplicationScoped
class CapacityMeters {
    private final MultiGauge rpsUtilization;
    private final MultiGauge concurrencyUtilization;
    private final MultiGauge headroomRps;
    private final MultiGauge headroomConcurrency;
    private final MultiGauge atCapacity;
    private final double ratio;

    CapacityMeters(MeterRegistry registry, CapacityConfig config) {
        this.rpsUtilization = gauge(registry, "assay.capacity.rps.utilization.ratio", "Share of max_rps used");
        this.concurrencyUtilization = gauge(
                registry, "assay.capacity.concurrency.utilization.ratio", "Share of max_concurrent used at the peak");
        this.headroomRps = gauge(registry, "assay.capacity.headroom.rps", "Calls per second left");
        this.headroomConcurrency = gauge(registry, "assay.capacity.headroom.concurrency", "Open calls left");
        this.atCapacity = gauge(registry, "assay.capacity.at.capacity", "1 when a utilization is over the threshold");
        this.ratio = config.atCapacityRatio();
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    /** Tells these limits, and no others any more. */
    void tell(List<Measured> measured) {
        rows(rpsUtilization, measured, CapacityUse::rpsUtilization);
        rows(concurrencyUtilization, measured, CapacityUse::concurrencyUtilization);
        rows(headroomRps, measured, CapacityUse::headroomRps);
        rows(headroomConcurrency, measured, CapacityUse::headroomConcurrency);
        rows(atCapacity, measured, use -> use.isAtCapacity(ratio) ? 1 : 0);
    }

    private static void rows(
            MultiGauge gauge, List<Measured> measured, Function<CapacityUse, @Nullable Number> figure) {
        List<Row<?>> rows = new ArrayList<>();
        for (Measured each : measured) {
            Number value = figure.apply(each.use());
            if (value != null) {
                rows.add(Row.of(tags(each), value));
            }
        }
        gauge.register(rows, true);
    }

    private static Tags tags(Measured measured) {
        return Tags.of(
                "project", measured.tenant(),
                "environment", measured.limit().environment(),
                "app", measured.limit().app(),
                "endpoint", measured.limit().endpoint(),
                "provider", measured.limit().provider(),
                "model", measured.limit().model());
    }
}
