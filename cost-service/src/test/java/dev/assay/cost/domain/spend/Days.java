package dev.assay.cost.domain.spend;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Days of spend for tests. */
public final class Days {
    private Days() {}

    /** The days from one on, at these costs. */
    public static DailyCosts from(String first, double... costs) {
        List<DailyCost> days = new ArrayList<>();
        LocalDate date = LocalDate.parse(first);
        for (double cost : costs) {
            days.add(new DailyCost(date, BigDecimal.valueOf(cost), 1));
            date = date.plusDays(1);
        }
        return new DailyCosts(days);
    }

    /** The {@code n} days before a date, each at what the function says, to the cent. */
    public static DailyCosts before(LocalDate end, int n, ToDoubleFunction<LocalDate> cost) {
        List<DailyCost> days = new ArrayList<>();
        for (LocalDate date = end.minusDays(n); date.isBefore(end); date = date.plusDays(1)) {
            days.add(new DailyCost(
                    date, BigDecimal.valueOf(cost.applyAsDouble(date)).setScale(2, RoundingMode.HALF_EVEN), 1));
        }
        return new DailyCosts(days);
    }
}
