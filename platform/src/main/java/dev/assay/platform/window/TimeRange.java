package dev.assay.platform.window;

import java.time.Duration;
import java.time.Instant;

/** A span of time, start inclusive, end exclusive, never empty. */
public record TimeRange(Instant from, Instant to) {
    /** How long after its end a minute counts as settled. */
    public static final Duration SETTLES_AFTER = Duration.ofSeconds(90);

    public TimeRange {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("from must be before to, got: " + from + " and " + to);
        }
    }

    /** One minute since the epoch. */
    public static TimeRange ofMinute(long epochMinute) {
        return new TimeRange(Minutes.start(epochMinute), Minutes.start(epochMinute + 1));
    }

    /** How long it is. */
    public Duration duration() {
        return Duration.between(from, to);
    }

    /** How long it is, in seconds. */
    public double seconds() {
        Duration duration = duration();
        return duration.getSeconds() + duration.getNano() / 1e9;
    }

    /** The span of the same length that ends where this one starts. */
    public TimeRange previous() {
        return new TimeRange(from.minus(duration()), from);
    }

    /** Whether all its minutes are settled: what comes later is the exception, and makes a new revision. */
    public boolean isSettled(Instant now) {
        return !Minutes.ceil(to).plus(SETTLES_AFTER).isAfter(now);
    }

    /** Whether a time lies in it. */
    public boolean contains(Instant time) {
        return !time.isBefore(from) && time.isBefore(to);
    }

    /** The first minute that it touches. */
    public long firstMinute() {
        return Minutes.of(from);
    }

    /** The minute behind the last one that it touches. */
    public long endMinute() {
        return Minutes.of(Minutes.ceil(to));
    }
}
