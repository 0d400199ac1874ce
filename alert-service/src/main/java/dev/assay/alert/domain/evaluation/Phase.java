package dev.assay.alert.domain.evaluation;

import java.util.Locale;

/** Where an alert is in its life. */
public enum Phase {
    /** At rest, and there is nothing to judge by. */
    NO_DATA,
    /** At rest: the condition does not hold. */
    INACTIVE,
    /** The condition holds, but not yet for long enough. */
    PENDING,
    FIRING,
    /** At rest after having fired. */
    RESOLVED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isRest() {
        return this != PENDING && this != FIRING;
    }
}
