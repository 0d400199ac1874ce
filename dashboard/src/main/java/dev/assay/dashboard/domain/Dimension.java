package dev.assay.dashboard.domain;

import java.util.Arrays;
import java.util.Locale;

/** What a figure can be split by. */
public enum Dimension {
    MODEL,
    APP,
    ENVIRONMENT,
    ENDPOINT,
    PROVIDER;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Dimension ofWireName(String name) {
        return Arrays.stream(values())
                .filter(dimension -> dimension.wireName().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidParameter(
                        "group_by", "group_by must be one of model, app, environment, endpoint, provider"));
    }
}
