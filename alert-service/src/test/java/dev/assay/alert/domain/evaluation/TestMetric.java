package dev.assay.alert.domain.evaluation;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.ExponentialHistogram;
import dev.assay.platform.window.MeasureState;
import dev.assay.platform.window.WindowState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The metrics of the default rules, written down once more in their plainest form. */
record TestMetric(String name, Measure measure, boolean additive, Function<MeasureState, Double> formula)
        implements Metric {

    private static final Map<String, TestMetric> ALL = Map.of(
            "error_rate", rate("error_rate", Measure.MEASURE_CALLS, m -> 1.0 - m.good() / (double) m.count()),
            "accuracy_ratio", rate("accuracy_ratio", Measure.MEASURE_ACCURACY, m -> m.good() / (double) m.count()),
            "latency_p95_ms",
                    rate(
                            "latency_p95_ms",
                            Measure.MEASURE_LATENCY,
                            m -> ExponentialHistogram.quantile(m.buckets(), 0.95)
                                            .getAsDouble()
                                    / 1_000),
            "csat_mean", rate("csat_mean", Measure.MEASURE_CSAT, m -> m.sum().doubleValue() / m.count()),
            "utilization_ratio",
                    rate(
                            "utilization_ratio",
                            Measure.MEASURE_RPS_UTILIZATION,
                            m -> m.sum().doubleValue() / m.count()),
            "list_cost",
                    new TestMetric(
                            "list_cost",
                            Measure.MEASURE_LIST_COST,
                            true,
                            m -> m.sum().doubleValue()),
            "toxic_page_responses",
                    new TestMetric("toxic_page_responses", Measure.MEASURE_TOXIC_PAGE, true, m -> (double) m.good()));

    static Optional<Metric> find(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static TestMetric rate(String name, Measure measure, Function<MeasureState, Double> formula) {
        return new TestMetric(name, measure, false, formula);
    }

    @Override
    public Set<Measure> measures() {
        return Set.of(measure);
    }

    @Override
    public Optional<Reading> read(WindowState merged, Duration length) {
        MeasureState state = merged.get(measure);
        return state.count() == 0 ? Optional.empty() : Optional.of(new Reading(formula.apply(state), state.count()));
    }
}
