package dev.assay.alert.domain.evaluation;

/** What one evaluation of a rule saw. */
public sealed interface Observation {

    /** A value, and whether it is on the wrong side of the threshold. */
    record Measured(double value, double threshold, long samples, boolean breached) implements Observation {}

    /** No value, and why. */
    record Missing(String reason) implements Observation {}
}
