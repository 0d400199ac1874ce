package dev.assay.cost.domain.budget;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;

/**
 * So much money for a period, time and again.
 *
 * @param limit in {@code currency}, more than zero
 * @param hard whether a reservation that does not fit is refused; a soft budget only tells
 * @param thresholds shares of the limit that are worth telling, ascending
 * @param firstPeriod the period in which it was made; spend of earlier ones is not counted
 */
public record Budget(
        UUID id,
        String tenant,
        String name,
        BigDecimal limit,
        String currency,
        BudgetPeriod period,
        ZoneId zone,
        boolean hard,
        BudgetFilter filter,
        List<BigDecimal> thresholds,
        LocalDate firstPeriod) {

    public Budget {
        if (limit.signum() <= 0) {
            throw new IllegalArgumentException("limit must be > 0, got: " + limit.toPlainString());
        }
        thresholds = thresholds.stream().sorted().toList();
    }

    /** The first day of the period that an instant lies in. */
    public LocalDate periodOf(Instant instant) {
        return period.startOf(instant, zone);
    }

    /** When a period that starts on this day begins. */
    public Instant startOf(LocalDate periodStart) {
        return periodStart.atStartOfDay(zone).toInstant();
    }

    /** When it ends: the next one's start. */
    public Instant endOf(LocalDate periodStart) {
        return startOf(period.next(periodStart));
    }
}
