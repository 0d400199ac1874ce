package dev.assay.alert.domain.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a minute without a value means. */
public enum NoDataPolicy {
    /** The state stays as it is, and its clocks run on: a pending alert still fires, a firing one goes on. */
    KEEP,
    /** As if the condition did not hold. */
    OK,
    /** As if the condition held. */
    ALERT;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<NoDataPolicy> named(String wireName) {
        return Arrays.stream(values())
                .filter(policy -> policy.wireName().equals(wireName))
                .findFirst();
    }
}
