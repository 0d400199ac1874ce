package dev.assay.cost.domain.anomaly;

import dev.assay.cost.domain.spend.DailyCost;
import dev.assay.cost.domain.spend.WeekdayFactors;
import dev.assay.platform.stats.RobustBaseline;
import dev.assay.platform.stats.StudentT;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the days before a day let expect of it.
 *
 * @param value the median of the last four weeks, brought to the day's weekday
 * @param spread a robust standard deviation of the last eight weeks, brought to it too; 0 if nothing ever varied or cost
 * @param days how many days it rests on
 * @param paid where at least half of the days cost nothing, what the others cost; null elsewhere or if there are none
 */
record SpendExpectation(
        double value, double spread, int days, @Nullable RobustBaseline paid) {
    static final int WINDOW_DAYS = 56;
    private static final int LEVEL_DAYS = 28;
    private static final int MIN_OF_EACH_WEEKDAY = 3;
    /** Factors of eight weeks are themselves uncertain, and fitted days look more alike than new ones are. */
    private static final double WEEKDAY_UNCERTAINTY = 1.25;

    private static final double LEAST_SPREAD_RATIO = 0.05;
    private static final int DISPLAY_SCALE = 6;

    /** The variance of a median of normal values, over that of their mean: pi / 2. */
    private static final double MEDIAN_VARIANCE = Math.PI / 2;
    /** The efficiency of the median absolute deviation: how many values' worth one value is (Rousseeuw and Croux, 1993). */
    private static final double SPREAD_EFFICIENCY = 0.37;

    /** The expectation for a date; {@code before} is not empty and ends before it. */
    static SpendExpectation of(List<DailyCost> before, LocalDate date) {
        WeekdayFactors factors = WeekdayFactors.of(before, MIN_OF_EACH_WEEKDAY);
        double[] levels = before.stream()
                .filter(other -> factors.of(other.date()) > 0)
                .mapToDouble(other -> other.cost().doubleValue() / factors.of(other.date()))
                .toArray();
        RobustBaseline all = RobustBaseline.of(levels).orElseThrow();
        double level = RobustBaseline.median(lastOf(levels)).orElse(all.median());
        double factor = factors.of(date);
        // a weekday that usually costs nothing is judged by the spread of the others
        double scale = factor > 0 ? factor : 1;
        double uncertain = factors.factors().isEmpty() ? 1 : WEEKDAY_UNCERTAINTY;
        double spread = Math.max(all.spread() * uncertain, LEAST_SPREAD_RATIO * level) * scale;
        return new SpendExpectation(level * factor, spread, before.size(), paid(before));
    }

    private static @Nullable RobustBaseline paid(List<DailyCost> before) {
        double[] costs =
                before.stream().mapToDouble(day -> day.cost().doubleValue()).toArray();
        // weekdays of a few days with a cost each are chance, not a rhythm
        return RobustBaseline.median(costs).orElse(0) > 0
                ? null
                : RobustBaseline.of(
                                Arrays.stream(costs).filter(cost -> cost > 0).toArray())
                        .orElse(null);
    }

    /** How far a cost is from it. */
    double deviation(BigDecimal cost) {
        return cost.doubleValue() - value;
    }

    /** The value as money, to a millionth. */
    BigDecimal money() {
        return BigDecimal.valueOf(value).setScale(DISPLAY_SCALE, RoundingMode.HALF_EVEN);
    }

    /** A cost beside it. */
    SpendAnomaly beside(DailyCost day) {
        double deviation = deviation(day.cost());
        double score =
                spread > 0 ? deviation / spread : deviation == 0 ? 0 : Math.copySign(Double.MAX_VALUE, deviation);
        return new SpendAnomaly(day.date(), day.cost(), money(), day.cost().subtract(money()), score);
    }

    /**
     * The chance of a cost at least as far off on an ordinary day: by Student's t with as many degrees of freedom as the
     * spread is worth, and the deviation's own variance among them. Where most days cost nothing, a day that costs something is
     * judged by the others that did, and only for costing more: that it costs at all is ordinary there. 0 if nothing ever cost
     * anything and this does.
     */
    double pValue(BigDecimal cost) {
        double deviation = deviation(cost);
        if (deviation == 0) {
            return 1;
        }
        if (paid != null) {
            double above = cost.doubleValue() - paid.median();
            double usual = Math.max(paid.spread(), LEAST_SPREAD_RATIO * paid.median());
            return above <= 0 || deviation < 0 ? 1 : pValue(above, usual, paid.count(), paid.count());
        }
        return spread == 0 ? 0 : pValue(deviation, spread, Math.min(days, LEVEL_DAYS), days);
    }

    private static double pValue(double deviation, double spread, int ofMedian, int ofSpread) {
        double error = spread * Math.sqrt(1 + MEDIAN_VARIANCE / ofMedian);
        return StudentT.twoSided(deviation / error, Math.max(1, SPREAD_EFFICIENCY * (ofSpread - 1)));
    }

    private static double[] lastOf(double[] levels) {
        int n = Math.min(LEVEL_DAYS, levels.length);
        double[] last = new double[n];
        System.arraycopy(levels, levels.length - n, last, 0, n);
        return last;
    }
}
