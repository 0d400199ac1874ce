package dev.assay.quality.domain.experiment;

import dev.assay.platform.stats.ChiSquareFit;
import dev.assay.platform.stats.Holm;
import dev.assay.platform.stats.Interval;
import dev.assay.platform.stats.SequentialTest;
import dev.assay.platform.stats.WelchT;
import dev.assay.quality.domain.experiment.Comparison.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an experiment shows at a look, however many looks there were before: each variant against the control (the first
 * one) in each metric, with the chance that any of all these is called different by accident held under 5 %.
 *
 * @param decision what it amounts to
 * @param variant the variant that the decision is about; null when it is about none
 * @param sampleRatioPValue of the units per variant against the weights; null while too few
 */
public record Verdict(
        Decision decision,
        @Nullable String variant,
        @Nullable Double sampleRatioPValue,
        List<Comparison> comparisons) {
    /** Under this the units are not split as meant; as strict as is usual, since it is looked at daily. */
    public static final double SAMPLE_RATIO_LIMIT = 0.0005;

    private static final double LEVEL = 0.05;

    /** What an experiment amounts to. */
    public enum Decision {
        /** The units are not split as the weights say: something loses or doubles units, and no figure can be trusted. */
        SAMPLE_RATIO_MISMATCH,
        /** A variant is better in the primary metric and worse in none. */
        VARIANT_WINS,
        /** A variant is better in the primary metric, and worse in another. */
        VARIANT_WINS_AT_A_COST,
        /** Every variant is worse in the primary metric. */
        CONTROL_WINS,
        /** Nothing is shown yet in the primary metric. */
        UNDECIDED,
        /** Too few units for anything to be said. */
        NOT_ENOUGH_DATA
    }

    public Verdict {
        comparisons = List.copyOf(comparisons);
    }

    /**
     * The verdict.
     *
     * @param units per variant, all that were assigned
     * @param samples per metric and variant, of the units that have the metric; an absent one has none
     * @param effects per metric the smallest difference that matters; the metric's usual one where absent
     */
    public static Verdict of(
            List<Variant> variants,
            Map<String, Long> units,
            List<Metric> metrics,
            Metric primary,
            Map<Metric, Map<String, WelchT.Sample>> samples,
            Map<Metric, Double> effects) {
        List<Comparison> raw = new ArrayList<>();
        String control = variants.get(0).name();
        for (Metric metric : metrics) {
            Map<String, WelchT.Sample> ofMetric = samples.getOrDefault(metric, Map.of());
            double effect = effects.getOrDefault(metric, metric.usualEffect());
            for (Variant variant : variants.subList(1, variants.size())) {
                raw.add(compare(metric, variant.name(), ofMetric.get(control), ofMetric.get(variant.name()), effect));
            }
        }
        List<Comparison> corrected = corrected(raw);
        Double mismatch = sampleRatio(variants, units);
        if (mismatch != null && mismatch < SAMPLE_RATIO_LIMIT) {
            return new Verdict(Decision.SAMPLE_RATIO_MISMATCH, null, mismatch, corrected);
        }
        return decide(primary, corrected, mismatch);
    }

    private static @Nullable Double sampleRatio(List<Variant> variants, Map<String, Long> units) {
        long[] counts = variants.stream()
                .mapToLong(variant -> units.getOrDefault(variant.name(), 0L))
                .toArray();
        double[] weights = variants.stream().mapToDouble(Variant::weight).toArray();
        return ChiSquareFit.test(counts, weights).map(ChiSquareFit::pValue).orElse(null);
    }

    private static Comparison compare(
            Metric metric,
            String name,
            WelchT.@Nullable Sample control,
            WelchT.@Nullable Sample variant,
            double effect) {
        Optional<SequentialTest> test = control == null || variant == null
                ? Optional.empty()
                : SequentialTest.ofMeans(variant, control, effect);
        return new Comparison(
                metric,
                name,
                mean(metric, control),
                mean(metric, variant),
                control == null ? 0 : control.n(),
                variant == null ? 0 : variant.n(),
                test.map(it -> shown(metric, it.difference())).orElse(null),
                test.map(it -> new Interval(
                                shown(metric, it.ci95().low()),
                                shown(metric, it.ci95().high())))
                        .orElse(null),
                test.map(SequentialTest::pValue).orElse(null),
                null,
                test.isPresent() ? Outcome.UNDECIDED : Outcome.NOT_ENOUGH_DATA);
    }

    private static @Nullable Double mean(Metric metric, WelchT.@Nullable Sample sample) {
        return sample == null ? null : Double.valueOf(metric.isLogarithmic() ? Math.exp(sample.mean()) : sample.mean());
    }

    private static double shown(Metric metric, double difference) {
        return metric.isLogarithmic() ? Math.expm1(difference) : difference;
    }

    /** What cannot be tested yet will be: it is counted from the start, or the correction would change under way. */
    private static List<Comparison> corrected(List<Comparison> raw) {
        double[] adjusted = Holm.adjust(raw.stream()
                .mapToDouble(it -> it.pValue() == null ? 1 : it.pValue())
                .toArray());
        List<Comparison> corrected = new ArrayList<>();
        for (int i = 0; i < adjusted.length; i++) {
            corrected.add(judged(raw.get(i), adjusted[i]));
        }
        return corrected;
    }

    private static Comparison judged(Comparison it, double adjusted) {
        Double difference = it.difference();
        if (difference == null) {
            return it;
        }
        boolean better = difference > 0 == it.metric().higherIsBetter();
        Outcome outcome = adjusted >= LEVEL ? Outcome.UNDECIDED : better ? Outcome.BETTER : Outcome.WORSE;
        return new Comparison(
                it.metric(),
                it.variantName(),
                it.control(),
                it.variant(),
                it.controlUnits(),
                it.variantUnits(),
                difference,
                it.ci95(),
                it.pValue(),
                adjusted,
                outcome);
    }

    private static Verdict decide(Metric primary, List<Comparison> all, @Nullable Double mismatch) {
        List<Comparison> ofPrimary =
                all.stream().filter(it -> it.metric() == primary).toList();
        Comparison best = null;
        for (Comparison it : ofPrimary) {
            if (it.outcome() == Outcome.BETTER && (best == null || leads(it, best))) {
                best = it;
            }
        }
        if (best != null) {
            String name = best.variantName();
            boolean harms = all.stream().anyMatch(it -> it.variantName().equals(name) && it.outcome() == Outcome.WORSE);
            return new Verdict(harms ? Decision.VARIANT_WINS_AT_A_COST : Decision.VARIANT_WINS, name, mismatch, all);
        }
        if (ofPrimary.stream().allMatch(it -> it.outcome() == Outcome.WORSE)) {
            return new Verdict(Decision.CONTROL_WINS, null, mismatch, all);
        }
        boolean nothing = ofPrimary.stream().allMatch(it -> it.outcome() == Outcome.NOT_ENOUGH_DATA);
        return new Verdict(nothing ? Decision.NOT_ENOUGH_DATA : Decision.UNDECIDED, null, mismatch, all);
    }

    /** By the estimate, which is all there is to tell two winners apart: they are not tested against each other. */
    private static boolean leads(Comparison it, Comparison other) {
        double a = it.difference() == null ? 0 : it.difference();
        double b = other.difference() == null ? 0 : other.difference();
        return it.metric().higherIsBetter() ? a > b : a < b;
    }
}
