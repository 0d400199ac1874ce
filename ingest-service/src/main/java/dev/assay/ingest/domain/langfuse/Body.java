package dev.assay.ingest.domain.langfuse;

import dev.assay.ingest.domain.mapping.Coercion;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The body of an item, read field by field; what has the wrong type names its field. */
record Body(Map<?, ?> fields) {
    private static final int MAX_ID_CHARS = 200;
    private static final Pattern HEX_TRACE = Pattern.compile("[0-9A-Fa-f]{32}");

    @Nullable
    Object get(String name) {
        return fields.get(name);
    }

    /** Text, or null when absent or empty; numbers are written out. */
    @Nullable
    String text(String name) {
        return Coercion.text(fields.get(name));
    }

    @Nullable
    Map<?, ?> object(String name) {
        return Coercion.map(fields.get(name));
    }

    /** An id of any form, or null when absent. */
    @Nullable
    String id(String name) throws BadItem {
        String id = text(name);
        if (id == null) {
            return null;
        }
        if (id.isBlank() || id.length() > MAX_ID_CHARS || id.indexOf('\ufffd') >= 0) {
            throw new BadItem(
                    "body." + name, "must be a text of 1 to " + MAX_ID_CHARS + " characters without broken ones");
        }
        return id;
    }

    /** The trace's id, hex in lower case as OpenTelemetry writes it; null when absent. */
    @Nullable
    String traceId(String name) throws BadItem {
        String id = id(name);
        return id != null && HEX_TRACE.matcher(id).matches() ? id.toLowerCase(Locale.ROOT) : id;
    }

    /** A moment in microseconds since the epoch, or null when absent. */
    @Nullable
    Long time(String name) throws BadItem {
        Object value = fields.get(name);
        return value == null ? null : (Long) micros("body." + name, value);
    }

    static long micros(String field, @Nullable Object value) throws BadItem {
        if (value instanceof String text) {
            try {
                Instant time = OffsetDateTime.parse(text).toInstant();
                return ChronoUnit.MICROS.between(Instant.EPOCH, time);
            } catch (DateTimeException | ArithmeticException e) {
                throw new BadItem(field, "must be a time as in 2026-01-31T12:00:00Z");
            }
        }
        throw new BadItem(field, "must be a time as in 2026-01-31T12:00:00Z");
    }
}
