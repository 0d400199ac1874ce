package dev.assay.platform.kpi;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every KPI of the product. */
public final class KpiCatalogue {
    private static final Map<String, Kpi> BY_NAME = byName();

    private KpiCatalogue() {}

    private static Map<String, Kpi> byName() {
        Map<String, Kpi> kpis = new LinkedHashMap<>();
        for (List<Kpi> area : List.of(
                OperationsKpis.all(),
                CostKpis.all(),
                QualityKpis.quality(),
                QualityKpis.safety(),
                QualityKpis.users())) {
            area.forEach(kpi -> kpis.put(kpi.name(), kpi));
        }
        return Collections.unmodifiableMap(kpis);
    }

    /** All of them, by area. */
    public static Collection<Kpi> all() {
        return BY_NAME.values();
    }

    /** Those of an area. */
    public static List<Kpi> of(Area area) {
        return BY_NAME.values().stream().filter(kpi -> kpi.area() == area).toList();
    }

    /** The KPI of a name. */
    public static Optional<Kpi> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /**
     * The KPI of a name that exists.
     *
     * @throws IllegalArgumentException if it does not
     */
    public static Kpi get(String name) {
        return find(name).orElseThrow(() -> new IllegalArgumentException("no such KPI: " + name));
    }
}
