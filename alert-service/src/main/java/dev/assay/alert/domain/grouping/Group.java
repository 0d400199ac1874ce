package dev.assay.alert.domain.grouping;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a group of a receiver's notifications stands.
 *
 * @param waitingSince since when the oldest notification that is to be told waits; null if none does
 * @param toldAt when the last one went out; null for never
 * @param open whether something that was told then still fires, and nobody looks after it
 * @param busy whether that one is still under way: what comes after it must not overtake it
 */
public record Group(
        String key,
        @Nullable Instant waitingSince,
        @Nullable Instant toldAt,
        boolean open,
        boolean busy) {

    /** Why a group is told. */
    public enum Reason {
        /** A new group has waited for others to join. */
        GROUP_WAIT_ELAPSED,
        /** Something joined or changed since it was told. */
        GROUP_INTERVAL_ELAPSED,
        /** Nothing changed, and it still fires. */
        REPEAT_INTERVAL_ELAPSED
    }

    /** Whether, and why, it is to be told now. */
    public Optional<Reason> due(Grouping grouping, Instant now) {
        if (busy) {
            return Optional.empty();
        }
        if (waitingSince == null) {
            Duration repeat = grouping.repeatInterval();
            return open && repeat != null && toldAt != null && !now.isBefore(toldAt.plus(repeat))
                    ? Optional.of(Reason.REPEAT_INTERVAL_ELAPSED)
                    : Optional.empty();
        }
        if (open && toldAt != null) {
            return now.isBefore(toldAt.plus(grouping.groupInterval()))
                    ? Optional.empty()
                    : Optional.of(Reason.GROUP_INTERVAL_ELAPSED);
        }
        return now.isBefore(waitingSince.plus(grouping.groupWait()))
                ? Optional.empty()
                : Optional.of(Reason.GROUP_WAIT_ELAPSED);
    }
}
