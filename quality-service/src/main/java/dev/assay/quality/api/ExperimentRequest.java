package dev.assay.quality.api;

import dev.assay.platform.web.Problem;
import dev.assay.quality.app.Experiments.Design;
import dev.assay.quality.domain.experiment.Assignment;
import dev.assay.quality.domain.experiment.Metric;
import dev.assay.quality.domain.experiment.Variant;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An experiment to be made.
 *
 * @param variants 2 to 10, the first being the control
 * @param group experiments of one group share no unit
 * @param traffic the share of units that takes part, above 0 to 1; 1 by default
 * @param assignment {@code assay} (units ask here for their variant) or {@code tagged} (their calls say it)
 * @param app of tagged calls; all by default
 * @param metrics all by default
 * @param primaryMetric decides; the first metric by default
 * @param minimumEffects the smallest difference that matters, by metric: absolute, of {@code latency_ms} a ratio
 */
@RegisterForReflection
public record ExperimentRequest(
        @Nullable String name,
        @Nullable List<@Nullable Arm> variants,
        @Nullable String group,
        @Nullable Double traffic,
        @Nullable String assignment,
        @Nullable String app,
        @Nullable List<@Nullable String> metrics,
        @Nullable String primaryMetric,
        @Nullable Map<String, @Nullable Double> minimumEffects) {
    private static final int MAX_TEXT = 200;
    private static final int MAX_VARIANTS = 10;
    static final List<String> METRICS =
            Arrays.stream(Metric.values()).map(Metric::wireName).toList();

    /** A variant; its weight is 1 by default. */
    @RegisterForReflection
    public record Arm(@Nullable String name, @Nullable Double weight) {}

    Design design() {
        List<Metric> chosen = metrics == null
                ? List.of(Metric.values())
                : Fields.list("metrics", metrics, 1, Metric.values().length).stream()
                        .map(name -> metric("metrics", name))
                        .distinct()
                        .toList();
        Metric primary = primaryMetric == null ? chosen.get(0) : metric("primary_metric", primaryMetric);
        if (!chosen.contains(primary)) {
            throw Problem.unprocessable("primary_metric", "must be among metrics");
        }
        double share = Fields.number("traffic", traffic, 1.0 / Assignment.SLOTS, 1, 1);
        boolean tagged = Fields.oneOf("assignment", assignment, List.of("assay", "tagged"), "assay")
                .equals("tagged");
        if (tagged && (group != null || traffic != null)) {
            throw Problem.unprocessable(
                    "assignment", "must be assay where there is a group or a share of traffic: tagged units are given");
        }
        return new Design(
                Fields.text("name", name, MAX_TEXT),
                arms(),
                Fields.optionalText("group", group, MAX_TEXT),
                (int) Math.round(share * Assignment.SLOTS),
                tagged,
                Fields.optionalText("app", app, MAX_TEXT),
                chosen,
                primary,
                effects(chosen));
    }

    private List<Variant> arms() {
        List<Variant> arms = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Arm arm : Fields.list("variants", variants, 2, MAX_VARIANTS)) {
            try {
                Variant variant =
                        new Variant(arm.name() == null ? "" : arm.name(), arm.weight() == null ? 1 : arm.weight());
                if (!names.add(variant.name())) {
                    throw new IllegalArgumentException("names must differ");
                }
                arms.add(variant);
            } catch (IllegalArgumentException invalid) {
                throw Problem.unprocessable("variants", "each: " + invalid.getMessage());
            }
        }
        return arms;
    }

    private Map<Metric, Double> effects(List<Metric> chosen) {
        Map<Metric, Double> effects = new EnumMap<>(Metric.class);
        if (minimumEffects != null) {
            minimumEffects.forEach((name, effect) -> {
                Metric metric = metric("minimum_effects", name);
                if (!chosen.contains(metric)) {
                    throw Problem.unprocessable("minimum_effects", "must name metrics of the experiment");
                }
                effects.put(metric, effect(metric, Fields.number("minimum_effects", effect, 1e-6, 1_000, -1)));
            });
        }
        return effects;
    }

    /** A ratio becomes a difference of logarithms. */
    static double effect(Metric metric, double given) {
        return metric.isLogarithmic() ? Math.log1p(given) : given;
    }

    static Metric metric(String field, String name) {
        return Metric.of(Fields.oneOf(field, name, METRICS, "")).orElseThrow();
    }
}
