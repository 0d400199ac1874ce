package dev.assay.dashboard.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A stretch of event time in whole minutes, start inclusive and end exclusive.
 *
 * <p>Relative ends are resolved once, here, so that every service answers for the same minutes.
 */
public record Range(Instant from, Instant to) {
    private static final Duration LONGEST = Duration.ofDays(400);
    private static final Duration FINE = Duration.ofHours(3);
    private static final Duration MEDIUM = Duration.ofDays(8);

    public Range {
        if (!from.isBefore(to)) {
            throw new InvalidParameter("from", "from must be before to, got: " + from + " and " + to);
        }
        if (Duration.between(from, to).compareTo(LONGEST) > 0) {
            throw new InvalidParameter("from", "from must be at most " + LONGEST.toDays() + " days before to");
        }
    }

    /** The range between two texts, raised to whole minutes. */
    public static Range parse(String from, String to, Instant now) {
        Instant start = Moment.parse("from", from, now).truncatedTo(ChronoUnit.MINUTES);
        Instant end = Moment.parse("to", to, now);
        Instant floor = end.truncatedTo(ChronoUnit.MINUTES);
        return new Range(start, floor.equals(end) ? end : floor.plus(1, ChronoUnit.MINUTES));
    }

    /** The last {@code length} before {@code now}. */
    public static Range last(Duration length, Instant now) {
        Instant end = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
        return new Range(end.minus(length), end);
    }

    /** The step at which a line over this range has between about 15 and 190 points. */
    public String step() {
        Duration length = Duration.between(from, to);
        if (length.compareTo(FINE) <= 0) {
            return "1m";
        }
        return length.compareTo(MEDIUM) <= 0 ? "1h" : "1d";
    }
}
