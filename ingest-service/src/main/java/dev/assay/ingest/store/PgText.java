package dev.assay.ingest.store;

import org.jspecify.annotations.Nullable;

/** Text as PostgreSQL takes it: it refuses NUL, which a sender's string may hold. The call's bytes keep what was sent. */
final class PgText {
    private static final char REPLACEMENT = '\uFFFD';

    static String of(String text) {
        return text.indexOf('\0') < 0 ? text : text.replace('\0', REPLACEMENT);
    }

    /** Null for "not given". */
    static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : of(text);
    }

    private PgText() {}
}
