package dev.assay.alert.domain.rule;

import dev.assay.contracts.common.v1.Dimensions;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A dimension by which series are told apart, filtered and grouped. */
public enum Dimension {
    ENVIRONMENT(Dimensions::getEnvironment),
    APP(Dimensions::getApp),
    ENDPOINT(Dimensions::getEndpoint),
    PROVIDER(Dimensions::getProvider),
    MODEL(Dimensions::getModel),
    VARIANT(Dimensions::getVariant),
    PROMPT_VERSION(Dimensions::getPromptVersion);

    private final Function<Dimensions, String> value;

    Dimension(Function<Dimensions, String> value) {
        this.value = value;
    }

    /** Its name on the wire. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its value in a series; empty when not given. */
    public String of(Dimensions dimensions) {
        return value.apply(dimensions);
    }

    public static Optional<Dimension> named(String wireName) {
        return Arrays.stream(values())
                .filter(dimension -> dimension.wireName().equals(wireName))
                .findFirst();
    }

    /** All names, for messages. */
    public static String names() {
        return String.join(
                ", ", Arrays.stream(values()).map(Dimension::wireName).toList());
    }
}
