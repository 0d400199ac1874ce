package dev.assay.quality.domain.users;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a comment complains about. Stored as bits by ordinal: new ones go to the end. */
public enum Issue {
    INCORRECT_ANSWER,
    TOO_VERBOSE,
    TOO_BRIEF,
    HALLUCINATION,
    UNSAFE,
    SLOW,
    OVER_REFUSAL,
    /** A complaint about something else. */
    OTHER;

    /** The name in answers, as {@code too_verbose}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The issue that a category names, in any spelling of its words. */
    public static Optional<Issue> ofCategory(String category) {
        String name = category.strip().toUpperCase(Locale.ROOT).replaceAll("[^A-Z]+", "_");
        return Arrays.stream(values())
                .filter(issue -> issue.name().equals(name))
                .findFirst();
    }

    /** A set of issues as bits. */
    public static int toBits(Set<Issue> issues) {
        int bits = 0;
        for (Issue issue : issues) {
            bits |= 1 << issue.ordinal();
        }
        return bits;
    }

    /** The set that {@link #toBits} made. */
    public static Set<Issue> ofBits(int bits) {
        Set<Issue> issues = EnumSet.noneOf(Issue.class);
        for (Issue issue : values()) {
            if ((bits >>> issue.ordinal() & 1) == 1) {
                issues.add(issue);
            }
        }
        return issues;
    }
}
