package dev.assay.quality.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.quality.app.Experiments.Experiment;
import dev.assay.quality.domain.experiment.Assignment;
import dev.assay.quality.domain.experiment.Metric;
import dev.assay.quality.domain.experiment.Variant;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An experiment on the wire; {@code traffic} is the share of units that it takes. */
@RegisterForReflection(targets = {ExperimentView.class, Variant.class})
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ExperimentView(
        String id,
        String name,
        List<Variant> variants,
        @Nullable String group,
        double traffic,
        String assignment,
        @Nullable String app,
        List<String> metrics,
        String primaryMetric,
        Map<String, Double> minimumEffects,
        Instant started,
        @Nullable Instant ended) {
    static ExperimentView of(Experiment it) {
        Map<String, Double> effects = new LinkedHashMap<>();
        it.design().metrics().forEach(metric -> {
            double effect = it.design().effects().getOrDefault(metric, metric.usualEffect());
            effects.put(metric.wireName(), metric.isLogarithmic() ? Math.expm1(effect) : effect);
        });
        return new ExperimentView(
                it.id().toString(),
                it.design().name(),
                it.design().variants(),
                it.design().group(),
                (double) it.design().slots() / Assignment.SLOTS,
                it.design().tagged() ? "tagged" : "assay",
                it.design().app(),
                it.design().metrics().stream().map(Metric::wireName).toList(),
                it.design().primary().wireName(),
                effects,
                it.started(),
                it.ended());
    }
}
