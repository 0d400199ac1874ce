package dev.assay.platform.kpi;

import dev.assay.contracts.common.v1.Dimensions;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What calls can be filtered and grouped by; each is also a column of the series tables. */
public enum Dimension {
    ENVIRONMENT,
    APP,
    ENDPOINT,
    PROVIDER,
    MODEL,
    VARIANT,
    PROMPT_VERSION;

    /** The name in queries, answers and columns, as {@code prompt_version}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The dimension of a name. */
    public static Optional<Dimension> find(String wireName) {
        return Arrays.stream(values())
                .filter(dimension -> dimension.wireName().equals(wireName))
                .findFirst();
    }

    /** Its value in a series; empty if it was not given. */
    public String of(Dimensions dimensions) {
        return switch (this) {
            case ENVIRONMENT -> dimensions.getEnvironment();
            case APP -> dimensions.getApp();
            case ENDPOINT -> dimensions.getEndpoint();
            case PROVIDER -> dimensions.getProvider();
            case MODEL -> dimensions.getModel();
            case VARIANT -> dimensions.getVariant();
            case PROMPT_VERSION -> dimensions.getPromptVersion();
        };
    }

    static String allNames() {
        return Arrays.stream(values()).map(Dimension::wireName).collect(Collectors.joining(", "));
    }
}
