package dev.assay.ingest.otlp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Trace and span ids as lowercase hex. */
final class TraceIds {
    static final int TRACE_BYTES = 16;
    static final int SPAN_BYTES = 8;

    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    /** The id's hex; empty when it is absent or all zero, null when its length is another. */
    static @Nullable String hex(byte[] buffer, int at, int length, int expected) {
        if (length == 0) {
            return "";
        }
        if (length != expected) {
            return null;
        }
        char[] hex = new char[2 * length];
        int any = 0;
        for (int i = 0; i < length; i++) {
            int value = buffer[at + i] & 0xff;
            any |= value;
            hex[2 * i] = DIGITS[value >>> 4];
            hex[2 * i + 1] = DIGITS[value & 15];
        }
        return any == 0 ? "" : new String(hex);
    }

    /** As {@link #hex}, from hex text of any case; null also when it is not hex. */
    static @Nullable String ofText(String text, int expected) {
        if (text.isEmpty()) {
            return "";
        }
        if (text.length() != 2 * expected) {
            return null;
        }
        boolean zero = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.digit(c, 16) < 0 || c > 'f') {
                return null;
            }
            zero &= c == '0';
        }
        return zero ? "" : text.toLowerCase(Locale.ROOT);
    }

    /** The id of a span, for which absence is as bad as a wrong length. */
    static @Nullable String required(@Nullable String id) {
        return id == null || id.isEmpty() ? null : id;
    }

    private TraceIds() {}
}
