package dev.assay.quality.domain.gate;

import dev.assay.platform.stats.Bootstrap;
import dev.assay.platform.stats.Interval;
import dev.assay.platform.stats.McNemar;
import dev.assay.platform.stats.Wilson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Whether a run may pass, and why not. A case without an answer has failed: leaving out what one cannot do is no way
 * through.
 *
 * @param passed whether it may pass
 * @param reasons why not; empty when it may
 * @param cases of the dataset
 * @param good that passed
 * @param passRate their share
 * @param ci95 its interval
 * @param meanScore over all cases, one without an answer having 0
 * @param comparison with the baseline; null without one
 */
public record GateVerdict(
        boolean passed,
        List<String> reasons,
        int cases,
        int good,
        double passRate,
        Interval ci95,
        double meanScore,
        @Nullable Comparison comparison) {
    private static final double LEVEL = 0.05;
    private static final long SEED = 7;

    /** What a gate asks for: a share that must pass (null for none), and how far below the baseline it may be. */
    public record Demand(@Nullable Double minPassRate, double maxDrop) {}

    /** A case's score and whether that passes. */
    public record Result(double score, boolean passed) {}

    /**
     * Case by case against the baseline, in the cases that both runs have.
     *
     * @param fixed cases that passed only now
     * @param broken cases that passed only before
     * @param rates difference of the pass rates, with McNemar's exact test
     * @param scores interval of the difference of mean scores, by bootstrap over cases; null with fewer than two
     */
    public record Comparison(
            int cases,
            Set<String> fixed,
            Set<String> broken,
            McNemar rates,
            double scoreDifference,
            @Nullable Interval scores) {}

    public GateVerdict {
        reasons = List.copyOf(reasons);
    }

    /**
     * The verdict of a run.
     *
     * @param results by case; at least one
     * @param baseline likewise, of an earlier run; null for none
     */
    public static GateVerdict of(Map<String, Result> results, @Nullable Map<String, Result> baseline, Demand demand) {
        int n = results.size();
        int good = (int) results.values().stream().filter(Result::passed).count();
        double rate = (double) good / n;
        List<String> reasons = new ArrayList<>();
        if (demand.minPassRate() != null && rate < demand.minPassRate()) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "%d of %d cases passed (%.1f %%), and %.1f %% must",
                    good,
                    n,
                    100 * rate,
                    100 * demand.minPassRate()));
        }
        Comparison comparison = baseline == null ? null : compare(results, baseline);
        if (comparison != null) {
            double drop = -comparison.rates().difference();
            if (drop > demand.maxDrop() && comparison.rates().pValue() < LEVEL) {
                reasons.add(String.format(
                        Locale.ROOT,
                        "%.1f points below the baseline (%d cases broken, %d fixed, p = %.2g), and %.1f are allowed",
                        100 * drop,
                        comparison.broken().size(),
                        comparison.fixed().size(),
                        comparison.rates().pValue(),
                        100 * demand.maxDrop()));
            }
        }
        return new GateVerdict(
                reasons.isEmpty(),
                reasons,
                n,
                good,
                rate,
                Wilson.interval(good, n).orElseThrow(),
                results.values().stream().mapToDouble(Result::score).average().orElseThrow(),
                comparison);
    }

    private static @Nullable Comparison compare(Map<String, Result> now, Map<String, Result> before) {
        Set<String> fixed = new TreeSet<>();
        Set<String> broken = new TreeSet<>();
        List<Double> differences = new ArrayList<>();
        now.forEach((id, result) -> {
            Result earlier = before.get(id);
            if (earlier != null) {
                differences.add(result.score() - earlier.score());
                if (result.passed() != earlier.passed()) {
                    (result.passed() ? fixed : broken).add(id);
                }
            }
        });
        double[] values = differences.stream().mapToDouble(Double::doubleValue).toArray();
        return McNemar.test(fixed.size(), broken.size(), values.length)
                .map(rates -> new Comparison(
                        values.length,
                        fixed,
                        broken,
                        rates,
                        differences.stream()
                                .mapToDouble(Double::doubleValue)
                                .average()
                                .orElse(0),
                        Bootstrap.meanInterval(values, SEED).orElse(null)))
                .orElse(null);
    }
}
