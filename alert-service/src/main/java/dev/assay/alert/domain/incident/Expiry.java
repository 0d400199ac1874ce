package dev.assay.alert.domain.incident;

/**
 * When an incident ends because nothing is known of it any more. An alert whose series is absent keeps its state, so
 * that a gap ends nothing; but one whose application is gone would fire for ever.
 */
public final class Expiry {
    private Expiry() {}

    /** What is to be done. */
    public enum Step {
        NONE,
        /** It had no value for too long: people are told that it is over, as far as anyone knows. */
        EXPIRE,
        /** It has a value again and still fires: people are told anew. */
        RETURN
    }

    /**
     * The step for an open incident whose alert fires.
     *
     * @param expired whether it has expired before
     * @param measured whether its alert has a value at the minute that was evaluated last
     * @param measuredMinute the last minute at which it had one
     * @param evaluatedMinute the minute that was evaluated last
     * @param patienceMinutes for how long it may have none
     */
    public static Step of(
            boolean expired, boolean measured, long measuredMinute, long evaluatedMinute, long patienceMinutes) {
        if (expired) {
            return measured ? Step.RETURN : Step.NONE;
        }
        return !measured && evaluatedMinute - measuredMinute >= patienceMinutes ? Step.EXPIRE : Step.NONE;
    }
}
