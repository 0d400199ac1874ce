package dev.assay.platform.stats;

/** From a lower to an upper limit, both included. */
public record Interval(double low, double high) {
    public Interval {
        if (!(low <= high)) { // also rejects NaN
            throw new IllegalArgumentException("low must be <= high, got: " + low + " and " + high);
        }
    }

    /** Whether a value lies in it. */
    public boolean contains(double value) {
        return low <= value && value <= high;
    }

    /** The same, cut to what is possible. */
    public Interval within(double lowest, double highest) {
        return new Interval(Math.min(Math.max(low, lowest), highest), Math.max(Math.min(high, highest), lowest));
    }

    /** The same in another unit: both limits times a positive factor. */
    public Interval times(double factor) {
        if (!(factor > 0)) {
            throw new IllegalArgumentException("factor must be > 0, got: " + factor);
        }
        return new Interval(low * factor, high * factor);
    }
}
