package dev.assay.alert.domain.backtest;

import dev.assay.alert.domain.evaluation.Observation;
import dev.assay.alert.domain.rule.Rule;
import dev.assay.alert.domain.rule.Threshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Other thresholds that a rule may be tried under: the present one times a factor. */
public final class Scaling {
    private static final double[] QUANTILES = {
        0.05, 0.25, 0.5, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.99, 0.995, 0.999, 1.0
    };

    private Scaling() {}

    /**
     * The thresholds at which what was measured would just stop to breach, at some of its quantiles, from the most sensitive
     * to the least; none where the threshold cannot be scaled.
     */
    public static List<Threshold> candidates(Rule rule, List<Observation.Measured> measured) {
        boolean upper = rule.op().isUpper();
        double[] ratios = measured.stream()
                .filter(one -> one.threshold() > 0 && one.value() > 0)
                .mapToDouble(one -> one.value() / one.threshold())
                .sorted()
                .toArray();
        List<Threshold> candidates = new ArrayList<>();
        if (ratios.length == 0) {
            return candidates;
        }
        double before = Double.NaN;
        for (double quantile : QUANTILES) {
            int index = (int) Math.round(quantile * (ratios.length - 1));
            double ratio = ratios[upper ? index : ratios.length - 1 - index];
            if (ratio != before) {
                scaled(rule.threshold(), ratio).ifPresent(candidates::add);
            }
            before = ratio;
        }
        return candidates;
    }

    private static Optional<Threshold> scaled(Threshold threshold, double by) {
        if (threshold instanceof Threshold.Constant constant) {
            return Optional.of(new Threshold.Constant(constant.value() * by));
        }
        if (threshold instanceof Threshold.TimesBaseline times) {
            return Optional.of(new Threshold.TimesBaseline(times.baseline(), times.factor() * by));
        }
        if (threshold instanceof Threshold.BurnRate burn) {
            return Optional.of(
                    new Threshold.BurnRate(burn.objective(), burn.rate() * by, burn.shortWindow(), burn.goodShare()));
        }
        return Optional.empty();
    }
}
