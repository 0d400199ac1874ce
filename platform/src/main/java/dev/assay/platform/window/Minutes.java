package dev.assay.platform.window;

import java.time.Instant;

/** Whole minutes since the epoch, the base window of everything. */
public final class Minutes {
    /** Microseconds in a minute. */
    public static final long MICROS = 60_000_000L;

    private static final long SECONDS = 60;

    private Minutes() {}

    /** The minute that a time in microseconds since the epoch lies in. */
    public static long ofMicros(long epochMicros) {
        return Math.floorDiv(epochMicros, MICROS);
    }

    /** The minute that a time lies in. */
    public static long of(Instant time) {
        return Math.floorDiv(time.getEpochSecond(), SECONDS);
    }

    /** When a minute starts. */
    public static Instant start(long epochMinute) {
        return Instant.ofEpochSecond(Math.multiplyExact(epochMinute, SECONDS));
    }

    /** When a minute starts, in microseconds since the epoch. */
    public static long startMicros(long epochMinute) {
        return Math.multiplyExact(epochMinute, MICROS);
    }

    /** The start of the minute that a time lies in. */
    public static Instant floor(Instant time) {
        return start(of(time));
    }

    /** The time itself if a minute starts there, else the start of the next minute. */
    public static Instant ceil(Instant time) {
        Instant floor = floor(time);
        return floor.equals(time) ? time : start(of(time) + 1);
    }
}
