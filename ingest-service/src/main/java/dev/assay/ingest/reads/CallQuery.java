package dev.assay.ingest.reads;

import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.KpiQuery.InvalidParameter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which calls are listed, checked: newest first, from behind the cursor on.
 *
 * @param from start, inclusive; null for no bound
 * @param to end, exclusive; null for no bound
 */
record CallQuery(
        KpiQuery dimensions,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Boolean failed,
        @Nullable Boolean countable,
        @Nullable String userId,
        @Nullable String sessionId,
        @Nullable String traceId,
        int limit,
        @Nullable Cursor cursor) {
    static final int MAX_LIMIT = 500;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_TEXT = 1_000;
    private static final Set<String> OWN =
            Set.of("status", "countable", "user_id", "session_id", "trace_id", "limit", "cursor");

    /** The last call of a page. */
    record Cursor(long startUs, UUID id) {
        String encoded() {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString((startUs + "/" + id).getBytes(StandardCharsets.US_ASCII));
        }

        static Cursor decode(String text) {
            try {
                String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII);
                int slash = plain.indexOf('/');
                return new Cursor(
                        Long.parseLong(plain.substring(0, slash)), UUID.fromString(plain.substring(slash + 1)));
            } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
                throw new InvalidParameter("cursor", "must be the next_cursor of an earlier answer");
            }
        }
    }

    static CallQuery parse(Map<String, List<String>> parameters, Instant now) {
        KpiQuery query = KpiQuery.parse(parameters, now, OWN);
        for (String unused : List.of("step", "group_by", "tz")) {
            if (parameters.containsKey(unused)) {
                throw new InvalidParameter(unused, "is not a parameter of a list of calls");
            }
        }
        String cursor = text(parameters, "cursor");
        return new CallQuery(
                query,
                parameters.containsKey("from") ? query.range().from() : null,
                parameters.containsKey("to") ? query.range().to() : null,
                choice(parameters, "status", "error", "ok"),
                choice(parameters, "countable", "true", "false"),
                text(parameters, "user_id"),
                text(parameters, "session_id"),
                text(parameters, "trace_id"),
                limit(text(parameters, "limit")),
                cursor == null ? null : Cursor.decode(cursor));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException malformed) {
            // said below
        }
        throw new InvalidParameter("limit", "must be 1 to " + MAX_LIMIT);
    }

    private static @Nullable Boolean choice(Map<String, List<String>> parameters, String name, String yes, String no) {
        String text = text(parameters, name);
        if (text == null) {
            return null;
        }
        if (!text.equals(yes) && !text.equals(no)) {
            throw new InvalidParameter(name, "must be " + yes + " or " + no);
        }
        return text.equals(yes);
    }

    private static @Nullable String text(Map<String, List<String>> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new InvalidParameter(name, "must be given once, got: " + values.size() + " times");
        }
        if (values.isEmpty()) {
            return null;
        }
        String value = values.get(0);
        if (value.isEmpty() || value.length() > MAX_TEXT || value.indexOf('\0') >= 0) {
            throw new InvalidParameter(name, "must have 1 to " + MAX_TEXT + " characters and no NUL");
        }
        return value;
    }
}
