package dev.assay.quality.domain.experiment;

import dev.assay.platform.stats.SequentialPlan;

/**
 * How many units an experiment needs, and how long that takes.
 *
 * @param unitsInAll over all variants
 * @param days until they are there, by the units that come on a day
 */
public record SamplePlan(long unitsInAll, long days) {

    /**
     * What is to be found, and how.
     *
     * @param effect the smallest difference that matters, absolute; above 0
     * @param controlVariance of one unit's value under the control; above 0
     * @param variantVariance of one unit's value under a variant
     * @param variants how many, the control among them; units are split evenly
     * @param metrics how many metrics are tested: the more, the more each has to show
     * @param power the chance to find the effect if it is there
     * @param unitsPerDay that come into the experiment
     */
    public record Question(
            double effect,
            double controlVariance,
            double variantVariance,
            int variants,
            int metrics,
            double power,
            double unitsPerDay) {}

    /**
     * The plan: looked at once a day, at most {@link SequentialPlan#MOST_LOOKS} times. Several metrics or variants are
     * planned for with Bonferroni's correction, which is never less strict than Holm's.
     */
    public static SamplePlan of(Question it) {
        double alpha = 0.05 / ((double) it.metrics() * (it.variants() - 1));
        double share = 1.0 / it.variants();
        int looks = 1;
        long units = 0;
        // more days have more looks and need a little more, so that the days follow from the units and the units from
        // them
        for (int round = 0; round < 4; round++) {
            double information = SequentialPlan.information(it.power(), alpha, looks);
            units = SequentialPlan.observations(
                    information, it.effect(), it.controlVariance(), share, it.variantVariance(), share);
            int needed = (int) Math.min(SequentialPlan.MOST_LOOKS, Math.max(1, Math.ceil(units / it.unitsPerDay())));
            if (needed == looks) {
                break;
            }
            looks = needed;
        }
        return new SamplePlan(units, (long) Math.ceil(units / it.unitsPerDay()));
    }
}
