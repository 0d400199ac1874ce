package dev.assay.alert.domain.oncall;

import dev.assay.alert.domain.quiet.Weekly;
import dev.assay.alert.domain.rule.InvalidRule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * People who take turns. Turn k begins on the day {@code start} + k × {@code days} when the clock on the wall says
 * {@code handoff}: a turn over a change to summer time is an hour shorter, one over the change back an hour longer, and
 * the handoff stays when people expect it. A handoff in the hour that is skipped happens an hour later, one in the hour
 * that comes twice the first time.
 *
 * @param people names, in the order of their turns
 * @param days how long a turn is; 7 for weekly
 * @param hours the hours of the week in which the layer holds; null for all
 */
public record Layer(
        List<String> people,
        LocalDate start,
        LocalTime handoff,
        int days,
        ZoneId zone,
        @Nullable Weekly hours) {
    private static final int MAX_PEOPLE = 50;
    private static final int MAX_DAYS = 91;
    private static final int FIRST_YEAR = 2000;
    private static final int LAST_YEAR = 2200;

    public Layer {
        if (people.isEmpty() || people.size() > MAX_PEOPLE) {
            throw new InvalidRule("layers.people", "must have 1 to " + MAX_PEOPLE + " entries");
        }
        if (days < 1 || days > MAX_DAYS) {
            throw new InvalidRule("layers.days", "must be 1 to " + MAX_DAYS + ", got: " + days);
        }
        if (start.getYear() < FIRST_YEAR || start.getYear() > LAST_YEAR) {
            throw new InvalidRule("layers.start", "must lie in the years " + FIRST_YEAR + " to " + LAST_YEAR);
        }
        people = List.copyOf(people);
    }

    /** Whose turn it is at {@code now}; empty before the first, and outside the layer's hours. */
    public Optional<String> at(Instant now) {
        long turn = turn(now);
        if (turn < 0 || hours != null && !hours.includes(now)) {
            return Optional.empty();
        }
        return Optional.of(people.get(Math.toIntExact(turn % people.size())));
    }

    /** The next handoff after {@code now}, the first turn's begin among them. */
    Instant nextHandoff(Instant now) {
        return begin(Math.max(-1, turn(now)) + 1);
    }

    /** The number of the turn at {@code now}, from 0; negative before the first. */
    private long turn(Instant now) {
        long turn =
                Math.floorDiv(ChronoUnit.DAYS.between(start, now.atZone(zone).toLocalDate()), days);
        while (begin(turn).isAfter(now)) {
            turn--;
        }
        while (!begin(turn + 1).isAfter(now)) {
            turn++;
        }
        return turn;
    }

    private Instant begin(long turn) {
        return start.plusDays(turn * days).atTime(handoff).atZone(zone).toInstant();
    }
}
