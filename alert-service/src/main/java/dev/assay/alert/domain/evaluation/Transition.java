package dev.assay.alert.domain.evaluation;

/**
 * A change of state.
 *
 * @param at the minute of the evaluation that made it
 * @param seen what that evaluation saw
 */
public record Transition(long at, AlertState state, Observation seen) {}
