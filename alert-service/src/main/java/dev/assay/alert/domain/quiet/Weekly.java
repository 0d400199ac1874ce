package dev.assay.alert.domain.quiet;

import dev.assay.alert.domain.rule.InvalidRule;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Set;

/**
 * The same hours of some days of the week, by the wall clock of a time zone: through a change to summer time they stay the
 * same hours of the clock, and are an hour shorter or longer that night.
 *
 * @param days on which it begins
 * @param to when it ends; at or before {@code from} means on the next day
 */
public record Weekly(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
    public Weekly {
        if (days.isEmpty()) {
            throw new InvalidRule("schedule.days", "must name at least one day");
        }
        days = Set.copyOf(days);
    }

    /** Whether {@code now} lies in it. */
    public boolean includes(Instant now) {
        ZonedDateTime local = now.atZone(zone);
        LocalTime time = local.toLocalTime();
        DayOfWeek day = local.getDayOfWeek();
        if (from.isBefore(to)) {
            return days.contains(day) && !time.isBefore(from) && time.isBefore(to);
        }
        return days.contains(day) && !time.isBefore(from) || days.contains(day.minus(1)) && time.isBefore(to);
    }
}
