package dev.assay.ingest.domain.call;

import dev.assay.ingest.domain.call.Values.BadValue;
import java.util.Locale;

/** Ids that clients give. */
final class Ids {
    private static final int MAX_EVENT_ID_CHARS = 200;

    /** A client's own id of an event, task or call. */
    static String event(Object value) throws BadValue {
        String id = Values.label(value, MAX_EVENT_ID_CHARS);
        if (id.isBlank()) {
            throw new BadValue("must not be blank");
        }
        // the reader has replaced what no database can hold; an id must come as it was meant
        if (id.indexOf('\ufffd') >= 0) {
            throw new BadValue("must not contain NUL or broken characters");
        }
        return id;
    }

    /** A trace or span id in lowercase hex; empty is none. */
    static String hex(Object value, int digits) throws BadValue {
        String id = Values.text(value);
        if (id.isEmpty()) {
            return id;
        }
        boolean zero = true;
        boolean hex = id.length() == digits;
        for (int i = 0; hex && i < digits; i++) {
            char c = id.charAt(i);
            hex = c < 128 && Character.digit(c, 16) >= 0;
            zero &= c == '0';
        }
        if (!hex || zero) {
            throw new BadValue("must be " + digits + " hex digits, not all zero");
        }
        return id.toLowerCase(Locale.ROOT);
    }

    private Ids() {}
}
