package dev.assay.platform.kpi;

import org.jspecify.annotations.Nullable;

/**
 * What a KPI is held against.
 *
 * @param direction on which side of the bound it has to be
 * @param bound the bound; the lower one of {@link Direction#BETWEEN}; not used by {@link Direction#FALLING}
 * @param upper the upper bound of {@link Direction#BETWEEN}; not used by others
 */
public record Target(Direction direction, double bound, double upper) {

    /** On which side of its bound a value has to be. */
    public enum Direction {
        BELOW("<"),
        AT_MOST("<="),
        ABOVE(">"),
        AT_LEAST(">="),
        BETWEEN("between"),
        /** Below its value in the period before. */
        FALLING("falling");

        private final String wireName;

        Direction(String wireName) {
            this.wireName = wireName;
        }

        /** The name in answers. */
        public String wireName() {
            return wireName;
        }
    }

    public Target {
        if (!Double.isFinite(bound) || !Double.isFinite(upper)) {
            throw new IllegalArgumentException("a target must be finite, got: " + bound + " and " + upper);
        }
        if (direction == Direction.BETWEEN && upper < bound) {
            throw new IllegalArgumentException("upper must be >= bound, got: " + upper + " and " + bound);
        }
    }

    /** A value has to be less. */
    public static Target below(double bound) {
        return new Target(Direction.BELOW, bound, 0);
    }

    /** A value has to be more. */
    public static Target above(double bound) {
        return new Target(Direction.ABOVE, bound, 0);
    }

    /** A value has to be as much, or more. */
    public static Target atLeast(double bound) {
        return new Target(Direction.AT_LEAST, bound, 0);
    }

    /** A value has to lie between two bounds, or be one of them. */
    public static Target between(double low, double high) {
        return new Target(Direction.BETWEEN, low, high);
    }

    /** A value has to be less than in the period before. */
    public static Target falling() {
        return new Target(Direction.FALLING, 0, 0);
    }

    /** Whether a value meets it; null if that cannot be said: {@link Direction#FALLING} with nothing before. */
    public @Nullable Boolean met(double value, @Nullable Number previous) {
        return switch (direction) {
            case BELOW -> value < bound;
            case AT_MOST -> value <= bound;
            case ABOVE -> value > bound;
            case AT_LEAST -> value >= bound;
            case BETWEEN -> value >= bound && value <= upper;
            case FALLING -> previous == null ? null : value < previous.doubleValue();
        };
    }

    /** For a rate: how much of what is not wanted it allows; more than any rate has if it sets no bound to that. */
    double allowance() {
        return switch (direction) {
            case BELOW, AT_MOST -> bound;
            case ABOVE, AT_LEAST -> 1 - bound;
            case BETWEEN, FALLING -> 1;
        };
    }

    /** Whether more of the KPI is better. */
    boolean higherIsBetter() {
        return direction == Direction.ABOVE || direction == Direction.AT_LEAST;
    }
}
