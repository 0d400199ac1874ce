package dev.assay.quality.domain.experiment;

import dev.assay.platform.stats.Interval;
import dev.assay.quality.domain.experiment.Comparison.Outcome;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A verdict in words, with the numbers that it rests on. */
public final class VerdictText {
    private VerdictText() {}

    /** One to a few sentences. */
    public static String of(Verdict verdict, String control, Metric primary, Map<String, Long> units) {
        String counts = units.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "));
        return switch (verdict.decision()) {
            case SAMPLE_RATIO_MISMATCH ->
                String.format(
                        Locale.ROOT,
                        "Sample ratio mismatch: the units (%s) are not split as the weights say (p = %.2g). Something"
                                + " loses or doubles units; no figure of this experiment can be trusted until that is"
                                + " found.",
                        counts,
                        verdict.sampleRatioPValue());
            case NOT_ENOUGH_DATA ->
                "Not enough data: " + primary.wireName() + " needs at least 20 units with a value in each variant that"
                        + " do not all have the same value (units assigned: " + counts + ").";
            case UNDECIDED ->
                "Undecided: no difference in " + primary.wireName() + " is shown yet. " + details(verdict, primary);
            case CONTROL_WINS -> control + " (control) is better. " + details(verdict, primary);
            case VARIANT_WINS -> verdict.variant() + " wins. " + details(verdict, primary);
            case VARIANT_WINS_AT_A_COST ->
                verdict.variant() + " is better in " + primary.wireName() + ", but worse elsewhere. "
                        + details(verdict, primary) + " "
                        + verdict.comparisons().stream()
                                .filter(it -> it.outcome() == Outcome.WORSE
                                        && it.variantName().equals(verdict.variant()))
                                .map(VerdictText::sentence)
                                .collect(Collectors.joining(" "));
        };
    }

    private static String details(Verdict verdict, Metric primary) {
        return verdict.comparisons().stream()
                .filter(it -> it.metric() == primary && it.outcome() != Outcome.NOT_ENOUGH_DATA)
                .map(VerdictText::sentence)
                .collect(Collectors.joining(" "));
    }

    private static String sentence(Comparison it) {
        Interval ci = it.ci95();
        Double difference = it.difference();
        if (ci == null || difference == null) {
            return "";
        }
        boolean ratio = it.metric().isLogarithmic();
        double scale = ratio ? 100 : 1;
        String unit = ratio ? " %" : "";
        return String.format(
                Locale.ROOT,
                "%s of %s is %.4g against %.4g: %+.3g%s (95 %% interval %+.3g to %+.3g%s, valid at every look; p = %.2g"
                        + " after Holm's correction; %d against %d units).",
                it.metric().wireName(),
                it.variantName(),
                it.variant(),
                it.control(),
                difference * scale,
                unit,
                ci.low() * scale,
                ci.high() * scale,
                unit,
                it.adjustedPValue(),
                it.variantUnits(),
                it.controlUnits());
    }
}
