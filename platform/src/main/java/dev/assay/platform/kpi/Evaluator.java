package dev.assay.platform.kpi;

import dev.assay.platform.stats.RoganGladen;
import org.jspecify.annotations.Nullable;

/**
 * Who judged what a rate is made of, and how often it is right.
 *
 * @param judge its error rates, in terms of what the rate counts: for a rate of good responses a positive is a good one
 * @param corrects whether the rate is to be corrected by them
 * @param evidence how well it did on data it had not seen; null if that is not known
 */
public record Evaluator(RoganGladen.Judge judge, boolean corrects, KpiValue.@Nullable Evidence evidence) {

    /** An evaluator of which only the error rates are known. */
    public Evaluator(RoganGladen.Judge judge, boolean corrects) {
        this(judge, corrects, null);
    }

    /**
     * Whether a rate by this evaluator can be held against a target: not if it would miss the target by its errors alone
     * when all is well.
     */
    public boolean canJudge(Target target) {
        double falselyBad = target.higherIsBetter() ? 1 - judge.sensitivity() : judge.falseAlarmRate();
        return judge.informedness() > 0 && falselyBad <= target.allowance();
    }
}
