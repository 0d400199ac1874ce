package dev.assay.ingest.domain.call;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Which times an event may bear when it arrives at {@code now}: back to the retention, and a day ahead.
 *
 * <p>All in microseconds since the epoch, both ends included.
 */
public record AcceptedTimes(long nowUs, long earliestUs, long latestUs) {
    private static final Duration AHEAD = Duration.ofHours(24);
    private static final long SKEW_US = 5L * 60 * 1_000_000;

    /** The times acceptable at a moment. */
    public static AcceptedTimes at(Instant now, Duration retention) {
        return new AcceptedTimes(micros(now), micros(now.minus(retention)), micros(now.plus(AHEAD)));
    }

    /** What is wrong with a time, or null. */
    public @Nullable String fault(long timeUs) {
        if (timeUs < earliestUs) {
            return "must not be before " + text(earliestUs) + " (the retention)";
        }
        if (timeUs > latestUs) {
            return "must not be after " + text(latestUs) + " (24 h ahead)";
        }
        return null;
    }

    /** Whether a time lies further ahead than clocks differ. */
    public boolean isSkewed(long timeUs) {
        return timeUs - nowUs > SKEW_US;
    }

    /** Microseconds since the epoch. */
    public static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static String text(long timeUs) {
        return Instant.EPOCH
                .plus(timeUs, ChronoUnit.MICROS)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }
}
