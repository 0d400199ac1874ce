package dev.assay.alert.domain.evaluation;

/**
 * A metric's value over a window.
 *
 * @param samples observations that it rests on
 */
public record Reading(double value, long samples) {
    public Reading {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value must be finite, got: " + value);
        }
    }
}
