package dev.assay.quality.domain.judge;

import dev.assay.platform.stats.Interval;
import dev.assay.platform.stats.RoganGladen;
import dev.assay.platform.stats.Wilson;
import org.jspecify.annotations.Nullable;

/**
 * A rate estimated from responses that were sampled with different probabilities: each counts by its weight (Hájek's
 * ratio), and the interval is that of as many equally likely ones as would be as sure (Kish's effective sample size).
 *
 * @param rate as the judge sees it; null without responses
 * @param n judged responses
 * @param effective how many equally likely ones they are worth
 * @param ci95 its interval; null without responses
 * @see "Kish (1965), Survey Sampling, section 8.2 (Wiley)"
 */
public record WeightedRate(
        @Nullable Double rate,
        long n,
        long effective,
        @Nullable Interval ci95) {

    /**
     * The rate of some sums over judged responses.
     *
     * @param weight sum of weights
     * @param goodWeight sum of the weights of the good ones
     * @param squares sum of squared weights
     */
    public static WeightedRate of(long n, double weight, double goodWeight, double squares) {
        if (n == 0 || !(weight > 0)) {
            return new WeightedRate(null, 0, 0, null);
        }
        double rate = Math.min(1, goodWeight / weight);
        long effective = Math.max(1, (long) Math.floor(weight * weight / squares + 1e-9));
        long good = Math.round(rate * effective);
        Interval interval = Wilson.interval(good, effective).orElseThrow();
        return new WeightedRate(
                rate, n, effective, new Interval(Math.min(interval.low(), rate), Math.max(interval.high(), rate)));
    }

    /** The rate corrected for the judge's errors; itself where that cannot be done. */
    public WeightedRate corrected(RoganGladen.Judge judge) {
        if (rate == null) {
            return this;
        }
        return RoganGladen.correct(Math.round(rate * effective), effective, judge)
                .map(it -> new WeightedRate(it.rate(), n, effective, it.ci95()))
                .orElse(this);
    }
}
