package dev.assay.alert.domain.incident;

import org.jspecify.annotations.Nullable;

/**
 * One stretch of firing of one alert. All times are minutes since the epoch, in event time.
 *
 * @param activeSince when the condition began to hold
 * @param firedAt when it began to fire
 * @param endedAt when it stopped; null while it fires
 * @param paged whether people were told that it fires, since it last began to
 * @param reopened how often it fired again after having been resolved
 * @param value the metric when it fired
 * @param threshold what it was held against then
 */
public record Incident(
        String id,
        long activeSince,
        long firedAt,
        @Nullable Long endedAt,
        boolean paged,
        int reopened,
        @Nullable Double value,
        @Nullable Double threshold) {

    public boolean isOpen() {
        return endedAt == null;
    }

    /** The name of its firing or resolving, different after each reopening. */
    public String transition(boolean firing) {
        return (firing ? "firing" : "resolved") + (reopened == 0 ? "" : "-" + reopened);
    }

    boolean overlaps(Episode episode) {
        long end = endedAt == null ? Long.MAX_VALUE : endedAt;
        long episodeEnd = episode.endedAt() == null ? Long.MAX_VALUE : episode.endedAt();
        return activeSince < episodeEnd && episode.activeSince() < end;
    }

    Incident over(Episode episode) {
        return new Incident(
                id, episode.activeSince(), episode.firedAt(), episode.endedAt(), paged, reopened, value, threshold);
    }

    /** The same incident, ended. */
    public Incident endedAt(long minute) {
        return new Incident(id, activeSince, firedAt, minute, paged, reopened, value, threshold);
    }

    /** The same incident, firing once more. */
    Incident reopened(boolean told) {
        return new Incident(id, activeSince, firedAt, endedAt, told, reopened + 1, value, threshold);
    }

    /** The same incident, people having been told. */
    Incident told() {
        return new Incident(id, activeSince, firedAt, endedAt, true, reopened, value, threshold);
    }
}
