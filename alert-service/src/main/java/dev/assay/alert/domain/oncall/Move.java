package dev.assay.alert.domain.oncall;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an escalation does now.
 *
 * @param receivers the ids of those who are told
 * @param reason why they
 * @param next the position of the step after it; null if there is none
 * @param after how long to wait until then
 */
public record Move(
        List<String> receivers, Reason reason, @Nullable Integer next, Duration after) {
    /** Why these are told. */
    public enum Reason {
        /** The policy says so. */
        STEP,
        /** The policy leads to nobody who can be reached: everyone is told, for a page is never lost. */
        NOBODY_REACHED,
        /** There is nobody left to tell who has not been told. */
        EXHAUSTED
    }

    public Move {
        receivers = List.copyOf(receivers);
    }

    static Move end() {
        return new Move(List.of(), Reason.EXHAUSTED, null, Duration.ZERO);
    }
}
