package dev.assay.alert.app;

import dev.assay.alert.domain.evaluation.Metric;
import dev.assay.alert.domain.evaluation.Reading;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.kpi.Aggregation;
import dev.assay.platform.kpi.Kpi;
import dev.assay.platform.kpi.KpiValue;
import dev.assay.platform.stats.Interval;
import dev.assay.platform.window.TimeRange;
import dev.assay.platform.window.WindowState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A KPI of the catalogue as rules see it. A rate that cannot be judged has no value, so it never pages. */
record KpiMetric(Kpi kpi) implements Metric {

    /** Whether rules can watch it: it is computed from windows, and from any window. */
    static boolean isWatchable(Kpi kpi) {
        return kpi.fromWindows() && kpi.aggregation() != Aggregation.MINUTELY;
    }

    @Override
    public String name() {
        return kpi.name();
    }

    @Override
    public Set<Measure> measures() {
        return Set.copyOf(kpi.measures());
    }

    @Override
    public boolean additive() {
        return kpi.aggregation() == Aggregation.COUNT || kpi.aggregation() == Aggregation.SUM;
    }

    @Override
    public Optional<Reading> read(WindowState merged, Duration length) {
        KpiValue value = kpi.compute(merged, new TimeRange(Instant.EPOCH, Instant.EPOCH.plus(length)));
        OptionalDouble figure = value.asDouble();
        boolean known =
                figure.isPresent() && Double.isFinite(figure.getAsDouble()) && !Boolean.FALSE.equals(value.judgeable());
        return known
                ? Optional.of(new Reading(figure.getAsDouble(), value.count(), value.coverage(), range(value.ci95())))
                : Optional.empty();
    }

    private static Reading.@Nullable Range range(@Nullable Interval interval) {
        return interval == null || !Double.isFinite(interval.low()) || !Double.isFinite(interval.high())
                ? null
                : new Reading.Range(interval.low(), interval.high());
    }
}
