package dev.assay.platform.kpi;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;

/** The width of the figures in a series. */
public enum Step {
    MINUTE("1m"),
    /** A whole hour of local time. */
    HOUR("1h"),
    /** A calendar day, which daylight saving makes 23 to 25 hours long. */
    DAY("1d");

    private final String wireName;

    Step(String wireName) {
        this.wireName = wireName;
    }

    /** The name in queries and answers. */
    public String wireName() {
        return wireName;
    }

    /** The step of a name. */
    public static Optional<Step> find(String wireName) {
        return Arrays.stream(values())
                .filter(step -> step.wireName.equals(wireName))
                .findFirst();
    }

    /** The first boundary after a time. */
    Instant next(Instant time, ZoneId zone) {
        if (this == MINUTE) {
            return time.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        }
        ZonedDateTime local = time.atZone(zone);
        if (this == HOUR) {
            return local.truncatedTo(ChronoUnit.HOURS).plusHours(1).toInstant();
        }
        LocalDate tomorrow = local.toLocalDate().plusDays(1);
        return tomorrow.atStartOfDay(zone).toInstant();
    }
}
