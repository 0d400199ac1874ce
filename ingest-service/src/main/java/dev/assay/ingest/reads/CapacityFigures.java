package dev.assay.ingest.reads;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.ingest.capacity.LimitLoads;
import dev.assay.ingest.domain.capacity.CapacityLimit;
import dev.assay.ingest.domain.capacity.CapacityUse;
import dev.assay.platform.kpi.Dimension;
import dev.assay.platform.kpi.Kpi;
import dev.assay.platform.kpi.KpiAnswerBuilder.Supplement;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.KpiValue;
import dev.assay.platform.kpi.Windows.GroupWindows;
import dev.assay.platform.window.MeasureState;
import dev.assay.platform.window.WindowState;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The KPIs of capacity that windows alone do not tell: what a group leaves of its limit, and how long that lasts.
 *
 * <p>A group has a limit when the dimensions that it is filtered to and grouped by are those that the limit names.
 */
@ApplicationScoped
class CapacityFigures {
    private static final int TREND_MINUTES = 60;

    private final LimitLoads loads;

    CapacityFigures(LimitLoads loads) {
        this.loads = loads;
    }

    private record Capacity(CapacityLimit limit, WindowState range, Optional<Duration> timeToExhaustion) {}

    /** The figures of a query's groups over its range; not of its steps, nor of the period before. */
    Uni<Supplement> of(String tenant, KpiQuery query, List<GroupWindows> groups) {
        Map<Map<String, String>, CapacityLimit> limits = new HashMap<>();
        loads.limits(tenant).forEach(limit -> limits.put(limit.named(), limit));
        Map<Map<String, String>, Capacity> found = new HashMap<>();
        return Multi.createFrom()
                .iterable(groups)
                .onItem()
                .transformToUniAndConcatenate(group -> {
                    CapacityLimit limit = limits.get(fixed(query, group.by()));
                    if (limit == null) {
                        return Uni.createFrom().voidItem();
                    }
                    return timeToExhaustion(tenant, query, limit)
                            .invoke(time -> found.put(group.by(), new Capacity(limit, group.total(), time)))
                            .replaceWithVoid();
                })
                .collect()
                .asList()
                .map(all -> (kpi, by, range) -> figure(kpi, range.equals(query.range()) ? found.get(by) : null));
    }

    /** The dimensions that have one value in the group. */
    private static Map<String, String> fixed(KpiQuery query, Map<String, String> by) {
        Map<String, String> fixed = new HashMap<>(by);
        for (Map.Entry<Dimension, List<String>> filter : query.filters().entrySet()) {
            if (filter.getValue().size() == 1) {
                fixed.put(filter.getKey().wireName(), filter.getValue().get(0));
            }
        }
        fixed.values().removeIf(String::isEmpty);
        return fixed;
    }

    /** By the trend of the hour before now; a range that ended before it has none. */
    private Uni<Optional<Duration>> timeToExhaustion(String tenant, KpiQuery query, CapacityLimit limit) {
        if (query.range().to().isBefore(query.now())) {
            return Uni.createFrom().item(Optional.empty());
        }
        return loads.last(tenant, limit, TREND_MINUTES, query.now())
                .map(minutes -> CapacityUse.of(limit, minutes).timeToExhaustion());
    }

    private static Optional<KpiValue> figure(Kpi kpi, @Nullable Capacity capacity) {
        return switch (kpi.name()) {
            case "headroom_rps" ->
                Optional.of(left(kpi, capacity, Measure.MEASURE_RPS_UTILIZATION, CapacityLimit::maxRps));
            case "headroom_concurrency" ->
                Optional.of(left(kpi, capacity, Measure.MEASURE_CONCURRENCY_UTILIZATION, CapacityLimit::maxConcurrent));
            case "time_to_exhaustion_ms" ->
                Optional.of(kpi.of(
                        capacity == null
                                ? null
                                : capacity.timeToExhaustion()
                                        .map(Duration::toMillis)
                                        .orElse(null),
                        capacity == null ? 0 : TREND_MINUTES));
            default -> Optional.empty();
        };
    }

    /** What the mean utilization leaves of the limit, at least nothing. */
    private static KpiValue left(
            Kpi kpi,
            @Nullable Capacity capacity,
            Measure measure,
            Function<CapacityLimit, ? extends @Nullable Number> limit) {
        Number max = capacity == null ? null : limit.apply(capacity.limit());
        MeasureState used = capacity == null ? null : capacity.range().get(measure);
        if (max == null || used == null || used.count() <= 0) {
            return kpi.of(null, 0);
        }
        double utilization = used.sum()
                .divide(BigDecimal.valueOf(used.count()), MathContext.DECIMAL64)
                .doubleValue();
        return kpi.of(Math.max(0, max.doubleValue() * (1 - utilization)), used.count());
    }
}
