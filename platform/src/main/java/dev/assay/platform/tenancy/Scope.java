package dev.assay.platform.tenancy;

import java.util.Locale;

/** What a key may do within its project. */
public enum Scope {
    /** Send calls, feedback and outcomes. */
    INGEST,
    /** Read figures, calls and settings. */
    READ,
    /** Change settings, keys and rules. */
    ADMIN;

    /** The name on the wire: {@code ingest}, {@code read}, {@code admin}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The scope of a wire name.
     *
     * @throws IllegalArgumentException if there is no such scope
     */
    public static Scope ofWireName(String name) {
        for (Scope scope : values()) {
            if (scope.wireName().equals(name)) {
                return scope;
            }
        }
        throw new IllegalArgumentException("scope must be one of ingest, read, admin, got: " + name);
    }
}
