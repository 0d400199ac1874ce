package dev.assay.quality.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.assay.platform.stats.Interval;
import dev.assay.quality.app.Experiments.Experiment;
import dev.assay.quality.app.RunExperiments;
import dev.assay.quality.domain.experiment.Comparison;
import dev.assay.quality.domain.experiment.Verdict;
import dev.assay.quality.domain.experiment.VerdictText;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment shows.
 *
 * @param decision the verdict as one word
 * @param variant whom it is about
 * @param summary the verdict in words, with its numbers
 * @param units per variant, assigned or tagged
 * @param crossedUnits units seen in more than one variant, left out
 * @param sampleRatio whether units are split as the weights say
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.ALWAYS)
public record ExperimentResults(
        String id,
        String name,
        String decision,
        @Nullable String variant,
        String summary,
        Map<String, Long> units,
        long crossedUnits,
        SampleRatio sampleRatio,
        List<Item> metrics) {

    /** {@code mismatch} is null while there are too few units to tell. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record SampleRatio(
            @Nullable Double pValue, @Nullable Boolean mismatch) {}

    /** One variant against the control in one metric; {@code difference} is relative for {@code latency_ms}. */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Item(
            String metric,
            String variant,
            String outcome,
            @Nullable Double value,
            @Nullable Double control,
            long units,
            long controlUnits,
            @Nullable Double difference,
            double @Nullable [] ci95,
            @Nullable Double pValue,
            @Nullable Double adjustedPValue) {}

    static ExperimentResults of(Experiment experiment, RunExperiments.Result result) {
        Verdict verdict = result.verdict();
        Double p = verdict.sampleRatioPValue();
        return new ExperimentResults(
                experiment.id().toString(),
                experiment.design().name(),
                word(verdict.decision()),
                verdict.variant(),
                VerdictText.of(
                        verdict,
                        experiment.design().variants().get(0).name(),
                        experiment.design().primary(),
                        result.evidence().units()),
                result.evidence().units(),
                result.evidence().crossed(),
                new SampleRatio(p, p == null ? null : Boolean.valueOf(p < Verdict.SAMPLE_RATIO_LIMIT)),
                verdict.comparisons().stream().map(ExperimentResults::item).toList());
    }

    private static Item item(Comparison it) {
        Interval ci = it.ci95();
        return new Item(
                it.metric().wireName(),
                it.variantName(),
                word(it.outcome()),
                it.variant(),
                it.control(),
                it.variantUnits(),
                it.controlUnits(),
                it.difference(),
                ci == null ? null : new double[] {ci.low(), ci.high()},
                it.pValue(),
                it.adjustedPValue());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
