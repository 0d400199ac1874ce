package dev.assay.alert.domain.quiet;

import dev.assay.alert.domain.rule.InvalidRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For a time, nobody is told of the alerts that match. With a schedule it is a maintenance window.
 *
 * @param matchers all must match
 * @param endsAt exclusive; null, with a schedule alone, for no end
 * @param schedule the hours of the week in which it holds; null for all the time
 */
public record Silence(
        String id,
        List<Matcher> matchers,
        Instant startsAt,
        @Nullable Instant endsAt,
        @Nullable Weekly schedule,
        String comment,
        String createdBy) {
    private static final int MAX_TEXT = 500;

    /** Where a silence stands. */
    public enum State {
        PENDING,
        ACTIVE,
        EXPIRED
    }

    public Silence {
        matchers = Matcher.bounded("matchers", matchers);
        if (endsAt == null && schedule == null) {
            throw new InvalidRule("ends_at", "is required without a schedule");
        }
        if (endsAt != null && !startsAt.isBefore(endsAt)) {
            throw new InvalidRule("ends_at", "must be after starts_at, got: " + endsAt);
        }
        requirePrintable("comment", comment);
        requirePrintable("created_by", createdBy);
    }

    /** Whether it begins later, holds (a maintenance window also between its hours), or is over. */
    public State state(Instant now) {
        if (now.isBefore(startsAt)) {
            return State.PENDING;
        }
        return endsAt != null && !now.isBefore(endsAt) ? State.EXPIRED : State.ACTIVE;
    }

    /** Whether an alert with these labels is not told at {@code now}. */
    public boolean silences(Map<String, String> labels, Instant now) {
        return state(now) == State.ACTIVE
                && (schedule == null || schedule.includes(now))
                && Matcher.all(matchers, labels);
    }

    private static void requirePrintable(String field, String text) {
        if (text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRule(field, "must have at most " + MAX_TEXT + " printable characters");
        }
    }
}
