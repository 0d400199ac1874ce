package dev.assay.alert.domain.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * The state of one alert after one evaluation. All times are minutes since the epoch, in event time.
 *
 * @param since when the phase began
 * @param activeSince when the condition began to hold; null at rest before the first time
 * @param firedAt when it began to fire; null unless firing or resolved
 * @param clearSince since when the condition no longer holds while {@code keep_firing_for} keeps it firing
 * @param endedAt when it stopped firing; null unless resolved
 */
public record AlertState(
        Phase phase,
        long since,
        @Nullable Long activeSince,
        @Nullable Long firedAt,
        @Nullable Long clearSince,
        @Nullable Long endedAt) {

    /** At rest and unknown, from {@code minute} on. */
    public static AlertState noData(long minute) {
        return new AlertState(Phase.NO_DATA, minute, null, null, null, null);
    }

    static AlertState inactive(long minute) {
        return new AlertState(Phase.INACTIVE, minute, null, null, null, null);
    }

    static AlertState pending(long minute) {
        return new AlertState(Phase.PENDING, minute, minute, null, null, null);
    }

    static AlertState firing(long activeSince, long firedAt) {
        return new AlertState(Phase.FIRING, firedAt, activeSince, firedAt, null, null);
    }

    AlertState clearingSince(@Nullable Long minute) {
        return new AlertState(Phase.FIRING, since, activeSince, firedAt, minute, null);
    }

    /** What a firing alert is once it has stopped. */
    AlertState resolved(long minute, long stoppedAt) {
        return new AlertState(Phase.RESOLVED, minute, activeSince, firedAt, null, stoppedAt);
    }
}
