package dev.assay.cost.domain.anomaly;

import dev.assay.cost.domain.spend.DailyCost;
import dev.assay.cost.domain.spend.DailyCosts;
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
    private static final double OFF = 3.5;
    private static final double SHORT_HISTORY = 4;

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
            judge(days.subList(Math.max(0, i - SpendExpectation.WINDOW_DAYS), i), days.get(i))
                    .ifPresent(anomalies::add);
        }
        return anomalies;
    }

    private static Optional<SpendAnomaly> judge(List<DailyCost> before, DailyCost day) {
        SpendExpectation expected = SpendExpectation.of(before, day.date());
        double deviation = expected.deviation(day.cost());
        return deviation == 0 || Math.abs(deviation) <= OFF * (1 + SHORT_HISTORY / before.size()) * expected.spread()
                ? Optional.empty()
                : Optional.of(expected.beside(day));
    }
}
