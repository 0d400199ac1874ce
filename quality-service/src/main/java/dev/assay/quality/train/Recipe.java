package dev.assay.quality.train;

import dev.assay.quality.domain.detect.Rule;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * How one n-gram model is made and measured.
 *
 * @param name the model's name, and its file's
 * @param version counts up when the model changes
 * @param finds what a finding is, for the card
 * @param ngramPenalty how strongly n-gram weights are pulled to zero
 * @param beliefs weights that rules are pulled to: what the data is too thin to teach
 * @param samples all labelled texts
 * @param holdOuts what is held out, part by part
 * @param alarms the negative texts that false alarms are counted on
 * @param mostFalseAlarms the share of those that the threshold may flag
 * @param sureFalseAlarms the share of clean texts that the sure threshold may flag; 0 when there is none
 * @param caveats known failures, for the card
 */
record Recipe(
        String name,
        int version,
        String finds,
        double ngramPenalty,
        Map<Rule, Double> beliefs,
        List<Sample> samples,
        List<HoldOut> holdOuts,
        Predicate<Sample> alarms,
        double mostFalseAlarms,
        double sureFalseAlarms,
        List<String> caveats) {}
