package dev.assay.platform.kpi;

import dev.assay.platform.stats.RoganGladen;

/**
 * Who judged what a rate is made of, and how often it is right.
 *
 * @param judge its error rates, in terms of what the rate counts: for a rate of good responses a positive is a good one
 * @param corrects whether the rate is to be corrected by them
 */
public record Evaluator(RoganGladen.Judge judge, boolean corrects) {

    /**
     * Whether a rate by this evaluator can be held against a target: not if it would miss the target by its errors alone
     * when all is well.
     */
    public boolean canJudge(Target target) {
        double falselyBad = target.higherIsBetter() ? 1 - judge.sensitivity() : judge.falseAlarmRate();
        return judge.informedness() > 0 && falselyBad <= target.allowance();
    }
}
