package dev.assay.platform.kpi;

import static dev.assay.platform.kpi.Formulas.quotient;
import static dev.assay.platform.kpi.Formulas.share;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.kpi.Formula.Reading;
import dev.assay.platform.kpi.Formula.Slice;
import dev.assay.platform.stats.Interval;
import dev.assay.platform.window.ExponentialHistogram;
import dev.assay.platform.window.MeasureState;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The KPIs of cost. A call without a price is unpriced, never free: it lowers the coverage and adds no zero. */
final class CostKpis {
    private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);
    /** A histogram of costs, where there is one, is over billionths of the currency. */
    private static final double NANOS = 1e9;

    private CostKpis() {}

    static List<Kpi> all() {
        return List.of(
                kpi("list_cost", Unit.MONEY, listCost(), null),
                kpi("reported_cost", Unit.MONEY, Formulas.sum(Measure.MEASURE_REPORTED_COST, CostKpis::calls), null),
                kpi("cost_per_call", Unit.MONEY, costPerCall(), Target.below(0.10)),
                kpi("cost_per_1k_tokens", Unit.MONEY, costPerThousandTokens(), null),
                kpi("cost_per_user", Unit.MONEY, null, Target.falling()),
                kpi("cost_per_successful_task", Unit.MONEY, costPerSuccessfulTask(), Target.falling()),
                kpi("unpriced_calls", Unit.COUNT, unpricedCalls(), null),
                kpi("unpriced_tokens", Unit.TOKENS, unpricedTokens(), null),
                kpi("projected_month_cost", Unit.MONEY, null, null),
                kpi("token_utilization_ratio", Unit.RATIO, null, Target.above(0.80)));
    }

    private static Kpi kpi(String name, Unit unit, @Nullable Formula formula, @Nullable Target target) {
        return new Kpi(name, Area.COST, unit, target, false, formula);
    }

    private static long calls(Slice slice) {
        return slice.get(Measure.MEASURE_LIST_COST).count();
    }

    private static @Nullable Double priced(Slice slice) {
        MeasureState cost = slice.get(Measure.MEASURE_LIST_COST);
        return share(cost.good(), cost.count());
    }

    private static Formula listCost() {
        return new Formula(Aggregation.SUM, List.of(Measure.MEASURE_LIST_COST), slice -> {
            MeasureState cost = slice.get(Measure.MEASURE_LIST_COST);
            return Reading.of(cost.good() <= 0 ? null : cost.sum(), cost.count(), priced(slice));
        });
    }

    private static Formula costPerCall() {
        return new Formula(Aggregation.MEAN, List.of(Measure.MEASURE_LIST_COST), slice -> {
            MeasureState cost = slice.get(Measure.MEASURE_LIST_COST);
            if (cost.good() <= 0) {
                return Reading.of(null, 0, priced(slice));
            }
            BigDecimal mean = quotient(cost.sum(), BigDecimal.valueOf(cost.good()));
            Interval ci = Formulas.meanInterval(
                    cost.buckets(), mean.doubleValue(), index -> ExponentialHistogram.representative(index) / NANOS);
            return Reading.of(mean, cost.good(), priced(slice))
                    .within(ci == null ? null : ci.within(0, Double.MAX_VALUE));
        });
    }

    private static Formula costPerThousandTokens() {
        return new Formula(
                Aggregation.QUOTIENT, List.of(Measure.MEASURE_LIST_COST, Measure.MEASURE_PRICED_TOKENS), slice -> {
                    MeasureState tokens = slice.get(Measure.MEASURE_PRICED_TOKENS);
                    MeasureState cost = slice.get(Measure.MEASURE_LIST_COST);
                    boolean known = cost.good() > 0 && tokens.sum().signum() > 0;
                    BigDecimal value = known ? quotient(cost.sum().multiply(THOUSAND), tokens.sum()) : null;
                    return Reading.of(value, Math.max(0, tokens.count()), priced(slice));
                });
    }

    private static Formula costPerSuccessfulTask() {
        return new Formula(
                Aggregation.QUOTIENT, List.of(Measure.MEASURE_LIST_COST, Measure.MEASURE_SUCCESSFUL_TASKS), slice -> {
                    long tasks = slice.get(Measure.MEASURE_SUCCESSFUL_TASKS).count();
                    MeasureState cost = slice.get(Measure.MEASURE_LIST_COST);
                    boolean known = tasks > 0 && cost.good() > 0;
                    BigDecimal value = known ? quotient(cost.sum(), BigDecimal.valueOf(tasks)) : null;
                    return Reading.of(value, Math.max(0, tasks), priced(slice));
                });
    }

    private static Formula unpricedCalls() {
        return new Formula(Aggregation.COUNT, List.of(Measure.MEASURE_LIST_COST), slice -> {
            MeasureState cost = slice.get(Measure.MEASURE_LIST_COST);
            Long value = cost.count() <= 0 ? null : Long.valueOf(cost.count() - cost.good());
            return Reading.of(value, cost.count(), value == null ? null : Double.valueOf(1));
        });
    }

    private static Formula unpricedTokens() {
        return new Formula(Aggregation.SUM, List.of(Measure.MEASURE_UNPRICED, Measure.MEASURE_LIST_COST), slice -> {
            MeasureState unpriced = slice.get(Measure.MEASURE_UNPRICED);
            return Reading.of(calls(slice) <= 0 ? null : unpriced.sum(), Math.max(0, unpriced.count()), null);
        });
    }
}
