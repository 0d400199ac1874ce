package dev.assay.quality.domain.experiment;

import dev.assay.platform.stats.Interval;
import org.jspecify.annotations.Nullable;

/**
 * One variant against the control in one metric.
 *
 * @param control mean over the control's units; null without any
 * @param variant likewise
 * @param controlUnits units with the metric
 * @param difference variant less control; of a logarithmic metric the ratio less 1; null when it cannot be told
 * @param ci95 its interval, valid at every look together
 * @param pValue valid at every look, before Holm's correction; null when nothing can be said yet
 * @param adjustedPValue after Holm's correction over all metrics and variants of the experiment
 * @param outcome what that amounts to
 */
public record Comparison(
        Metric metric,
        String variantName,
        @Nullable Double control,
        @Nullable Double variant,
        long controlUnits,
        long variantUnits,
        @Nullable Double difference,
        @Nullable Interval ci95,
        @Nullable Double pValue,
        @Nullable Double adjustedPValue,
        Outcome outcome) {

    /** What a comparison amounts to. */
    public enum Outcome {
        /** Shown to be better. */
        BETTER,
        /** Shown to be worse. */
        WORSE,
        /** No difference is shown, which does not show that there is none. */
        UNDECIDED,
        /** Too few units for anything to be said. */
        NOT_ENOUGH_DATA
    }
}
