package dev.assay.quality.api;

import dev.assay.platform.web.Problem;
import dev.assay.quality.domain.experiment.Metric;
import dev.assay.quality.domain.experiment.SamplePlan;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What is to be found.
 *
 * @param metric decides what a baseline is: of a rate its value is enough, of others their deviation over units is needed
 * @param baseline the control's value of a rate, above 0 and below 1
 * @param standardDeviation of the units' values otherwise; of {@code latency_ms} that of the logarithms
 * @param effect the smallest difference that matters: absolute, of {@code latency_ms} a ratio
 * @param power 0.5 to 0.99; 0.8 by default
 * @param variants 2 to 10; 2 by default
 * @param metrics tested together, 1 to 10; 1 by default
 * @param unitsPerDay that come into the experiment
 */
@RegisterForReflection
public record PlanRequest(
        @Nullable String metric,
        @Nullable Double baseline,
        @Nullable Double standardDeviation,
        @Nullable Double effect,
        @Nullable Double power,
        @Nullable Integer variants,
        @Nullable Integer metrics,
        @Nullable Double unitsPerDay) {

    /** How many units over all variants, per variant, and for how many days. */
    @RegisterForReflection
    public record Plan(long units, long unitsPerVariant, long days, double power, String summary) {}

    Plan plan() {
        Metric of = ExperimentRequest.metric("metric", metric == null ? "" : metric);
        double given = Fields.number("effect", effect, 1e-6, 1_000, -1);
        double smallest = ExperimentRequest.effect(of, given);
        boolean isRate = of != Metric.CSAT_MEAN && of != Metric.LATENCY_MS;
        double controlVariance;
        double variantVariance;
        if (isRate) {
            double rate = Fields.number("baseline", baseline, 1e-6, 1 - 1e-6, -1);
            double moved = of.higherIsBetter() ? rate + smallest : rate - smallest;
            if (moved <= 0 || moved >= 1) {
                throw Problem.unprocessable("effect", "must leave the rate between 0 and 1, got: " + moved);
            }
            controlVariance = rate * (1 - rate);
            variantVariance = moved * (1 - moved);
        } else {
            double deviation = Fields.number("standard_deviation", standardDeviation, 1e-6, 1_000, -1);
            controlVariance = deviation * deviation;
            variantVariance = controlVariance;
        }
        double chance = Fields.number("power", power, 0.5, 0.99, 0.8);
        int arms = Fields.whole("variants", variants, 2, 10, 2);
        int tested = Fields.whole("metrics", metrics, 1, 10, 1);
        double daily = Fields.number("units_per_day", unitsPerDay, 1, 1e9, -1);
        SamplePlan plan = SamplePlan.of(
                new SamplePlan.Question(smallest, controlVariance, variantVariance, arms, tested, chance, daily));
        long each = (plan.unitsInAll() + arms - 1) / arms;
        return new Plan(
                each * arms,
                each,
                plan.days(),
                chance,
                "%d units in each of %d variants, %d day(s) at %.0f units a day, find a difference of %s with a chance of %.0f %%, looked at daily."
                        .formatted(each, arms, plan.days(), daily, given, 100 * chance));
    }
}
