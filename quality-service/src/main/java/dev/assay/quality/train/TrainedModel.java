package dev.assay.quality.train;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the card and the machine-readable figures say about one model.
 *
 * @param name the KPI-facing name of the detector
 * @param evaluator name with version, as it stands beside each score
 * @param finds what a finding is
 * @param sources labelled texts by source
 * @param heldOut figures on sources that were not trained on
 * @param sensitivity share of findings found, as the mean over held-out sources
 * @param findings how many findings that was measured on
 * @param falseAlarmRate share of other texts flagged
 * @param others how many other texts that was measured on
 * @param sure the sure threshold and what it rests on
 * @param caveats known failures
 */
record TrainedModel(
        String name,
        String evaluator,
        String finds,
        List<SourceCount> sources,
        List<Figures> heldOut,
        double threshold,
        double sensitivity,
        long findings,
        double falseAlarmRate,
        long others,
        @Nullable SureFigures sure,
        List<String> caveats) {

    /** How many texts of a source there were, and how many were findings. */
    record SourceCount(String source, int texts, int findings) {}

    /**
     * The sure threshold.
     *
     * @param threshold as a score
     * @param cleanTexts clean texts it was calibrated on, each scored by a model that had not seen it
     * @param alarms how many of those reach it
     * @param upperBound the 95 % upper bound of the false-alarm rate that this proves without extrapolation
     * @param target the false-alarm rate that an exponential tail fitted to the highest scores gives it
     * @param recall share of held-out findings that reach it
     */
    record SureFigures(double threshold, int cleanTexts, int alarms, double upperBound, double target, double recall) {}
}
