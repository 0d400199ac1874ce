package dev.assay.alert.domain.incident;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What decides, beside an incident itself, whether people are told of it.
 *
 * @param generated whether the project's data is generated
 * @param clock the minute that the evaluation reached
 * @param heldAt the last minute at which the condition was measured to hold; null if this evaluation saw none
 * @param quiet why the alert is kept quiet: silenced, inhibited
 * @param recentEpisodes how often the alert has fired within the last hour
 */
public record Circumstances(
        boolean generated,
        long clock,
        @Nullable Long heldAt,
        Optional<IncidentChange.Reason> quiet,
        long recentEpisodes) {
    /** What fired longer ago is history, unless it is measured to hold still. */
    public static final long FRESH_MINUTES = 15;

    /** From so many episodes in an hour on an alert flaps. */
    public static final long FLAPPING_EPISODES = 4;

    /** What flaps is told once it has fired for so long without a break. */
    public static final long STEADY_MINUTES = 10;

    /** Nothing special at a minute. */
    public static Circumstances at(long clock, @Nullable Long heldAt) {
        return new Circumstances(false, clock, heldAt, Optional.empty(), 0);
    }

    /** Whether, and why, people are told that an alert fires since a minute, or since when it fires again. */
    IncidentChange.Reason firing(long firedAt, boolean open) {
        if (generated) {
            return IncidentChange.Reason.GENERATED_DATA;
        }
        boolean fresh = isFresh(firedAt);
        if (!fresh && !(open && holdsNow())) {
            return IncidentChange.Reason.TOO_OLD;
        }
        if (quiet.isPresent()) {
            return quiet.get();
        }
        if (recentEpisodes >= FLAPPING_EPISODES && clock - firedAt < STEADY_MINUTES) {
            return IncidentChange.Reason.FLAPPING;
        }
        return fresh ? IncidentChange.Reason.FRESH : IncidentChange.Reason.STILL_FIRING;
    }

    boolean holdsNow() {
        return heldAt != null && isFresh(heldAt);
    }

    private boolean isFresh(long minute) {
        return clock - minute <= FRESH_MINUTES;
    }
}
