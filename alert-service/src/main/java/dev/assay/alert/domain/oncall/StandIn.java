package dev.assay.alert.domain.oncall;

import dev.assay.alert.domain.rule.InvalidRule;
import java.time.Duration;
import java.time.Instant;

/**
 * Somebody stands in, whosever turn it is.
 *
 * @param endsAt exclusive
 */
public record StandIn(String id, String person, Instant startsAt, Instant endsAt) {
    private static final Duration LONGEST = Duration.ofDays(366);

    public StandIn {
        Names.requireName("person", person);
        if (!startsAt.isBefore(endsAt) || Duration.between(startsAt, endsAt).compareTo(LONGEST) > 0) {
            throw new InvalidRule("ends_at", "must be after starts_at, by a year at most, got: " + endsAt);
        }
    }

    boolean holds(Instant now) {
        return !now.isBefore(startsAt) && now.isBefore(endsAt);
    }
}
