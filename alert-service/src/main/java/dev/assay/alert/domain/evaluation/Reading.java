package dev.assay.alert.domain.evaluation;

import org.jspecify.annotations.Nullable;

/**
 * A metric's value over a window.
 *
 * @param samples observations that it rests on
 * @param coverage the share of what could have been observed; null if that is not known or makes no sense
 * @param interval its 95 % interval; null if it has none
 */
public record Reading(
        double value,
        long samples,
        @Nullable Double coverage,
        @Nullable Range interval) {

    /** From low to high, both finite. */
    public record Range(double low, double high) {}

    public Reading {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value must be finite, got: " + value);
        }
    }

    /** A value of which no more is known. */
    public Reading(double value, long samples) {
        this(value, samples, null, null);
    }
}
