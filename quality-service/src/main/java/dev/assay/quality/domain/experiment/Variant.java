package dev.assay.quality.domain.experiment;

/**
 * One of the things that an experiment compares.
 *
 * @param name 1 to 100 characters
 * @param weight its part of the units, relative to the other variants' weights; above 0
 */
public record Variant(String name, double weight) {
    /** The longest name. */
    public static final int MAX_NAME = 100;

    public Variant {
        if (name.isBlank() || name.length() > MAX_NAME || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("name must have 1 to " + MAX_NAME + " characters and no NUL");
        }
        if (!(weight > 0 && weight <= 1_000)) {
            throw new IllegalArgumentException("weight must be above 0 and at most 1000, got: " + weight);
        }
    }
}
