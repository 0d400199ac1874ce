package dev.assay.dashboard.domain;

import org.jspecify.annotations.Nullable;

/** The dimensions that a view is narrowed to; null means all. */
public record Filters(
        @Nullable String app,
        @Nullable String environment,
        @Nullable String model) {
    private static final int LONGEST = 200;

    public Filters {
        app = checked("app", app);
        environment = checked("environment", environment);
        model = checked("model", model);
    }

    /** Nothing narrowed. */
    public static Filters none() {
        return new Filters(null, null, null);
    }

    private static @Nullable String checked(String name, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (value.length() > LONGEST) {
            throw new InvalidParameter(name, name + " must have at most " + LONGEST + " characters");
        }
        return value;
    }
}
