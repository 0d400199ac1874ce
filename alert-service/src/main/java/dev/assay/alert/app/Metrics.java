package dev.assay.alert.app;

import dev.assay.alert.domain.evaluation.Metric;
import dev.assay.platform.kpi.Kpi;
import dev.assay.platform.kpi.KpiCatalogue;
import dev.assay.platform.kpi.Target;
import dev.assay.platform.kpi.Unit;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The metrics that rules can watch: every KPI that is computed from windows, {@code utilization_ratio} and
 * {@code uptime_ratio}.
 */
public final class Metrics {
    private static final Map<String, Metric> ALL = all();

    /** Metrics that may be below zero. */
    private static final Set<String> SIGNED = Set.of("nps");

    private Metrics() {}

    private static Map<String, Metric> all() {
        Map<String, Metric> metrics = new TreeMap<>();
        KpiCatalogue.all().stream()
                .filter(KpiMetric::isWatchable)
                .forEach(kpi -> metrics.put(kpi.name(), new KpiMetric(kpi)));
        metrics.put(
                Utilization.NAME,
                new Utilization(List.of(
                        new KpiMetric(KpiCatalogue.get("rps_utilization_ratio")),
                        new KpiMetric(KpiCatalogue.get("concurrency_utilization_ratio")))));
        metrics.put(Uptime.NAME, new Uptime());
        return Collections.unmodifiableMap(metrics);
    }

    public static Optional<Metric> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    /** Their names, sorted. */
    public static Set<String> names() {
        return ALL.keySet();
    }

    /** Whether a threshold for it may be below zero. */
    static boolean isSigned(String name) {
        return SIGNED.contains(name);
    }

    /** Whether it is a share, which is never over one. */
    static boolean isShare(String name) {
        boolean ratio = KpiCatalogue.find(name)
                .map(Kpi::unit)
                .filter(Unit.RATIO::equals)
                .isPresent();
        return ratio && !name.contains("utilization");
    }

    /** Whether it is the share of what is good, so that more is better. */
    static boolean isGoodShare(String name) {
        return isShare(name)
                && KpiCatalogue.find(name)
                        .map(Kpi::target)
                        .filter(target -> target.direction() == Target.Direction.ABOVE
                                || target.direction() == Target.Direction.AT_LEAST)
                        .isPresent();
    }
}
