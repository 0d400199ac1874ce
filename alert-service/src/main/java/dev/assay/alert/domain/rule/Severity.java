package dev.assay.alert.domain.rule;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How bad it is, and so who gets up for it. */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Severity> named(String wireName) {
        return Arrays.stream(values())
                .filter(severity -> severity.wireName().equals(wireName))
                .findFirst();
    }
}
