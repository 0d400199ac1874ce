package dev.assay.alert.domain.evaluation;

/** What one evaluation of a rule saw. */
public sealed interface Observation {

    /**
     * A value, and whether it is on the wrong side of the threshold.
     *
     * @param holdsOn whether an alert that fires already goes on: on the wrong side of the level that clears it
     */
    record Measured(double value, double threshold, long samples, boolean breached, boolean holdsOn)
            implements Observation {
        /** A value that is held against one level alone. */
        public Measured(double value, double threshold, long samples, boolean breached) {
            this(value, threshold, samples, breached, breached);
        }
    }

    /** No value, and why. */
    record Missing(String reason) implements Observation {}
}
