package dev.assay.quality.domain.experiment;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What variants are compared by. Each unit counts once, with the mean over all that it did: calls of one user are not
 * independent of each other, and a busy user is no more than one.
 */
public enum Metric {
    /** Stars of ratings, 1 to 5; a thumb is 5 or 1. */
    CSAT_MEAN(true, 0.2, false),
    /** Share of tasks completed. */
    TASK_SUCCESS_RATE(true, 0.05, false),
    /** Share of responses that are safe in all that applies, by the built-in detectors. */
    SAFE_RESPONSE_RATIO(true, 0.02, false),
    /** Share of benign prompts that were refused, by the built-in detectors. */
    OVER_REFUSAL_RATE(false, 0.02, false),
    /** Share of calls that failed. */
    ERROR_RATE(false, 0.02, false),
    /** Duration of calls that succeeded, in milliseconds; compared by its logarithm, reported as its geometric mean. */
    LATENCY_MS(false, Math.log(1.1), true);

    private final boolean higherIsBetter;
    private final double usualEffect;
    private final boolean logarithmic;

    Metric(boolean higherIsBetter, double usualEffect, boolean logarithmic) {
        this.higherIsBetter = higherIsBetter;
        this.usualEffect = usualEffect;
        this.logarithmic = logarithmic;
    }

    public boolean higherIsBetter() {
        return higherIsBetter;
    }

    /** The difference that is looked for unless an experiment says another: absolute, or of logarithms. */
    public double usualEffect() {
        return usualEffect;
    }

    /** Whether values are logarithms, and a difference of means therefore a ratio. */
    public boolean isLogarithmic() {
        return logarithmic;
    }

    /** Its name in JSON. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The metric of a name in JSON. */
    public static Optional<Metric> of(String wireName) {
        return Arrays.stream(values())
                .filter(metric -> metric.wireName().equals(wireName))
                .findFirst();
    }
}
