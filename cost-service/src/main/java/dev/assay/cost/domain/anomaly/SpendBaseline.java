package dev.assay.cost.domain.anomaly;

import dev.assay.cost.domain.spend.DailyCost;
import dev.assay.cost.domain.spend.DailyCosts;
import dev.assay.cost.domain.spend.WeekdayFactors;
import dev.assay.platform.stats.RobustBaseline;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds days off the expected: each day against the days before it alone, so that neither the day itself nor later ones
 * can hide it.
 *
 * <p>Expected is the median of the last eight weeks, brought to the day's weekday; the spread is the median absolute
 * deviation, at least five per cent of what is expected. A day is off from 3.5 robust spreads on (Iglewicz and Hoaglin), and
 * from more on while the history is short and its spread badly known. Seven days of history are the least.
 */
public final class SpendBaseline {
    private static final int WINDOW_DAYS = 56;
    private static final int LEVEL_DAYS = 28;
    private static final int MIN_OF_EACH_WEEKDAY = 3;
    private static final double OFF = 3.5;
    private static final double SHORT_HISTORY = 4;
    /** Factors of eight weeks are themselves uncertain, and fitted days look more alike than new ones are. */
    private static final double WEEKDAY_UNCERTAINTY = 1.25;

    private static final double LEAST_SPREAD_RATIO = 0.05;
    private static final int DISPLAY_SCALE = 6;

    private SpendBaseline() {}

    /**
     * The anomalies among the last {@code n} days.
     *
     * @param history from the first day with a call on; longer than {@code n} where there is more to compare with
     */
    public static List<SpendAnomaly> anomalies(DailyCosts history, int n) {
        List<SpendAnomaly> anomalies = new ArrayList<>();
        List<DailyCost> days = history.days();
        for (int i = Math.max(days.size() - n, DailyCosts.MIN_HISTORY_DAYS); i < days.size(); i++) {
            judge(days.subList(Math.max(0, i - WINDOW_DAYS), i), days.get(i)).ifPresent(anomalies::add);
        }
        return anomalies;
    }

    private static Optional<SpendAnomaly> judge(List<DailyCost> before, DailyCost day) {
        WeekdayFactors factors = WeekdayFactors.of(before, MIN_OF_EACH_WEEKDAY);
        double[] levels = before.stream()
                .filter(other -> factors.of(other.date()) > 0)
                .mapToDouble(other -> other.cost().doubleValue() / factors.of(other.date()))
                .toArray();
        RobustBaseline all = RobustBaseline.of(levels).orElseThrow();
        double level = RobustBaseline.median(lastOf(levels)).orElse(all.median());
        double factor = factors.of(day.date());
        double expected = level * factor;
        // a weekday that usually costs nothing is judged by the spread of the others
        double scale = factor > 0 ? factor : 1;
        double uncertain = factors.factors().isEmpty() ? 1 : WEEKDAY_UNCERTAINTY;
        double spread = Math.max(all.spread() * uncertain, LEAST_SPREAD_RATIO * level) * scale;
        double deviation = day.cost().doubleValue() - expected;
        if (deviation == 0 || Math.abs(deviation) <= OFF * (1 + SHORT_HISTORY / before.size()) * spread) {
            return Optional.empty();
        }
        BigDecimal expectedCost = BigDecimal.valueOf(expected).setScale(DISPLAY_SCALE, RoundingMode.HALF_EVEN);
        return Optional.of(new SpendAnomaly(
                day.date(),
                day.cost(),
                expectedCost,
                day.cost().subtract(expectedCost),
                spread > 0 ? deviation / spread : Math.copySign(Double.MAX_VALUE, deviation)));
    }

    private static double[] lastOf(double[] levels) {
        int n = Math.min(LEVEL_DAYS, levels.length);
        double[] last = new double[n];
        System.arraycopy(levels, levels.length - n, last, 0, n);
        return last;
    }
}
