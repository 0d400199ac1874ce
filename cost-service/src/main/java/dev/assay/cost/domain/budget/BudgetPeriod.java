package dev.assay.cost.domain.budget;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How long a budget's money has to last: a calendar day, a week from Monday (ISO 8601), or a month, in its time zone. */
public enum BudgetPeriod {
    DAY,
    WEEK,
    MONTH;

    /** The name on the wire. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The period of this name. */
    public static Optional<BudgetPeriod> find(String label) {
        return Arrays.stream(values())
                .filter(period -> period.label().equals(label))
                .findFirst();
    }

    /** The first day of the period that an instant lies in. */
    public LocalDate startOf(Instant instant, ZoneId zone) {
        LocalDate day = instant.atZone(zone).toLocalDate();
        return switch (this) {
            case DAY -> day;
            case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> day.withDayOfMonth(1);
        };
    }

    /** The first day of the period after the one that starts on {@code start}. */
    public LocalDate next(LocalDate start) {
        return switch (this) {
            case DAY -> start.plusDays(1);
            case WEEK -> start.plusWeeks(1);
            case MONTH -> start.plusMonths(1);
        };
    }
}
