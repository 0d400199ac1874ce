package dev.assay.alert.domain.oncall;

import dev.assay.alert.domain.rule.InvalidRule;

/** The rule for names that people give. */
final class Names {
    private static final int MAX = 100;

    private Names() {}

    static void requireName(String field, String name) {
        if (name.isBlank() || name.length() > MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRule(field, "must have 1 to " + MAX + " printable characters");
        }
    }
}
