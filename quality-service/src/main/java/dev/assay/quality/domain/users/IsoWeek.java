package dev.assay.quality.domain.users;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.IsoFields;
import java.util.Locale;

/**
 * A week of ISO 8601 in UTC, from Monday to Sunday.
 *
 * @param index weeks since the one of 1970-01-01
 */
public record IsoWeek(int index) {
    private static final int HOURS = 168;
    /** 1970-01-01 was a Thursday: its week began 72 hours before. */
    private static final int OFFSET = 72;

    /** The week that a time lies in. */
    public static IsoWeek of(Instant time) {
        long hour = Math.floorDiv(time.getEpochSecond(), 3_600L);
        return new IsoWeek((int) Math.floorDiv(hour + OFFSET, (long) HOURS));
    }

    /** The first week that begins at a time or later. */
    public static IsoWeek from(Instant time) {
        IsoWeek week = of(time);
        return week.start().equals(time) ? week : week.plus(1);
    }

    /** Its first hour, in hours since 1970-01-01T00:00Z. */
    public int firstHour() {
        return index * HOURS - OFFSET;
    }

    public Instant start() {
        return Instant.ofEpochSecond(firstHour() * 3_600L);
    }

    public IsoWeek plus(int weeks) {
        return new IsoWeek(index + weeks);
    }

    /** As {@code 2026-W09}. */
    @Override
    public String toString() {
        var day = start().atZone(ZoneOffset.UTC);
        return String.format(
                Locale.ROOT,
                "%d-W%02d",
                day.get(IsoFields.WEEK_BASED_YEAR),
                day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }
}
