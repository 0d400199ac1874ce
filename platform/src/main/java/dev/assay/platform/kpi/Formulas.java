package dev.assay.platform.kpi;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.kpi.Formula.Reading;
import dev.assay.platform.kpi.Formula.Slice;
import dev.assay.platform.stats.Interval;
import dev.assay.platform.stats.MultinomialDifference;
import dev.assay.platform.stats.QuantileRanks;
import dev.assay.platform.stats.StudentT;
import dev.assay.platform.stats.Wilson;
import dev.assay.platform.window.Buckets;
import dev.assay.platform.window.ExponentialHistogram;
import dev.assay.platform.window.MeasureState;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The forms that KPIs of several areas share. */
final class Formulas {
    private Formulas() {}

    /** The share of observations that were good, or have the finding. */
    static Formula rate(Measure measure, @Nullable ToLongFunction<Slice> outOf) {
        return rate(measure, outOf, MeasureState::good);
    }

    /** The share of observations that were not good. */
    static Formula badRate(Measure measure, @Nullable ToLongFunction<Slice> outOf) {
        return rate(measure, outOf, state -> state.count() - state.good());
    }

    private static Formula rate(
            Measure measure, @Nullable ToLongFunction<Slice> outOf, ToLongFunction<MeasureState> finding) {
        return new Formula(Aggregation.RATE, List.of(measure), slice -> {
            MeasureState state = slice.get(measure);
            long n = Math.max(0, state.count());
            // while a correction is under way between two sources, parts of it may be here and parts not yet
            long found = Math.min(n, Math.max(0, finding.applyAsLong(state)));
            Double coverage = outOf == null ? null : share(n, outOf.applyAsLong(slice));
            if (n == 0) {
                return Reading.of(null, 0, coverage);
            }
            Interval ci = Wilson.interval(found, n).orElse(null);
            return new Reading((double) found / n, n, coverage, ci, found, null);
        });
    }

    /** The value at a quantile of a measure with a histogram, in thousandths of its unit or in whole ones. */
    static Formula quantile(Measure measure, double q, double perUnit, @Nullable ToLongFunction<Slice> outOf) {
        return new Formula(Aggregation.QUANTILE, List.of(measure), slice -> {
            MeasureState state = slice.get(measure);
            Double coverage = outOf == null ? null : share(state.count(), outOf.applyAsLong(slice));
            OptionalDouble value = ExponentialHistogram.quantile(state.buckets(), q);
            if (value.isEmpty()) {
                return Reading.of(null, Math.max(0, state.count()), coverage);
            }
            return Reading.of(value.getAsDouble() / perUnit, state.count(), coverage)
                    .within(quantileInterval(state.buckets(), q, perUnit));
        });
    }

    private static @Nullable Interval quantileInterval(Buckets buckets, double q, double perUnit) {
        QuantileRanks ranks = QuantileRanks.of(buckets.total(), q).orElse(null);
        if (ranks == null) {
            return null;
        }
        OptionalDouble low = ExponentialHistogram.atRank(buckets, ranks.low());
        OptionalDouble high = ExponentialHistogram.atRank(buckets, ranks.high());
        return low.isEmpty() || high.isEmpty()
                ? null
                : new Interval(low.getAsDouble() / perUnit, high.getAsDouble() / perUnit);
    }

    /** The sum of what some observations told. */
    static Formula sum(Measure measure, ToLongFunction<Slice> outOf) {
        return new Formula(Aggregation.SUM, List.of(measure), slice -> {
            MeasureState state = slice.get(measure);
            Number value = state.count() <= 0 ? null : state.sum();
            return Reading.of(value, Math.max(0, state.count()), share(state.count(), outOf.applyAsLong(slice)));
        });
    }

    /**
     * The mean of the observed values.
     *
     * @param valueOf the value of a bucket, from which its interval comes where there are buckets
     */
    static Formula mean(Measure measure, @Nullable ToLongFunction<Slice> outOf, IntToDoubleFunction valueOf) {
        return new Formula(Aggregation.MEAN, List.of(measure), slice -> {
            MeasureState state = slice.get(measure);
            Double coverage = outOf == null ? null : share(state.count(), outOf.applyAsLong(slice));
            OptionalDouble mean = ExponentialHistogram.mean(state);
            if (mean.isEmpty()) {
                return Reading.of(null, 0, coverage);
            }
            return Reading.of(mean.getAsDouble(), state.count(), coverage)
                    .within(meanInterval(state.buckets(), mean.getAsDouble(), valueOf));
        });
    }

    /** The interval of a mean whose observations are in buckets. */
    static @Nullable Interval meanInterval(Buckets buckets, double mean, IntToDoubleFunction valueOf) {
        long n = buckets.total();
        if (n < 2) {
            return null;
        }
        double ofBuckets = 0;
        for (int i = 0; i < buckets.size(); i++) {
            ofBuckets += buckets.countAt(i) * valueOf.applyAsDouble(buckets.indexAt(i));
        }
        ofBuckets /= n;
        double squares = 0;
        for (int i = 0; i < buckets.size(); i++) {
            double distance = valueOf.applyAsDouble(buckets.indexAt(i)) - ofBuckets;
            squares += buckets.countAt(i) * distance * distance;
        }
        return StudentT.meanInterval(n, mean, Math.max(0, squares) / (n - 1)).orElse(null);
    }

    /** Promoters (9 and 10) less detractors (0 to 6), in percent of the answers. */
    static Formula netPromoterScore(Measure measure) {
        return new Formula(Aggregation.MEAN, List.of(measure), slice -> {
            Buckets answers = slice.get(measure).buckets();
            long n = Math.max(0, answers.total());
            if (n == 0) {
                return Reading.of(null, 0, null);
            }
            long promoters = clamped(countBetween(answers, 9, 10), n);
            long detractors = clamped(countBetween(answers, 0, 6), n - promoters);
            Interval ci = MultinomialDifference.interval(promoters, detractors, n)
                    .map(interval -> interval.times(100))
                    .orElse(null);
            return Reading.of(100.0 * (promoters - detractors) / n, n, null)
                    .within(ci)
                    .spread(distribution(answers, 0, 10));
        });
    }

    private static long countBetween(Buckets buckets, int first, int last) {
        long count = 0;
        for (int i = first; i <= last; i++) {
            count += buckets.get(i);
        }
        return count;
    }

    private static long clamped(long value, long highest) {
        return Math.min(highest, Math.max(0, value));
    }

    /** The counts of some buckets under their numbers. */
    static Map<String, Long> distribution(Buckets buckets, int first, int last) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (int i = first; i <= last; i++) {
            counts.put(String.valueOf(i), buckets.get(i));
        }
        return counts;
    }

    /** The same with the spread of its observations beside it. */
    static Formula withDistribution(Formula formula, Measure measure, int first, int last) {
        return new Formula(
                formula.aggregation(),
                formula.measures(),
                slice -> formula.computation()
                        .read(slice)
                        .spread(distribution(slice.get(measure).buckets(), first, last)));
    }

    /** A part of a whole as 0 to 1; null if there is no whole. */
    static @Nullable Double share(long part, long whole) {
        return whole <= 0 ? null : Math.min(1.0, Math.max(0.0, (double) part / whole));
    }

    /** A quotient of decimals to 16 digits, the point where exactness ends: a third has no exact decimal. */
    static BigDecimal quotient(BigDecimal dividend, BigDecimal divisor) {
        return dividend.divide(divisor, java.math.MathContext.DECIMAL64).stripTrailingZeros();
    }
}
