package dev.assay.alert.app;

import dev.assay.alert.domain.evaluation.Metric;
import dev.assay.alert.domain.evaluation.Reading;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.WindowState;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How much of the capacity is used: the greater of the utilizations of requests per second and of concurrency. */
record Utilization(List<Metric> parts) implements Metric {
    static final String NAME = "utilization_ratio";

    Utilization {
        parts = List.copyOf(parts);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Set<Measure> measures() {
        Set<Measure> measures = new HashSet<>();
        parts.forEach(part -> measures.addAll(part.measures()));
        return measures;
    }

    @Override
    public boolean additive() {
        return false;
    }

    @Override
    public Optional<Reading> read(WindowState merged, Duration length) {
        return parts.stream()
                .flatMap(part -> part.read(merged, length).stream())
                .max(Comparator.comparingDouble(Reading::value));
    }
}
