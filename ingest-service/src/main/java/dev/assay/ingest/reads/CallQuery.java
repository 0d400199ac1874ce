package dev.assay.ingest.reads;

import dev.assay.contracts.llm.v1.Kind;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.KpiQuery.InvalidParameter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls are listed, checked: in some order, from behind the cursor on.
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
        @Nullable Kind kind,
        @Nullable String errorClass,
        @Nullable Long minDurationMs,
        @Nullable String userId,
        @Nullable String sessionId,
        @Nullable String traceId,
        CallSort sort,
        int limit,
        @Nullable CallCursor cursor) {
    static final int MAX_LIMIT = 500;
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_TEXT = 1_000;
    private static final long MAX_DURATION_MS = Duration.ofDays(1).toMillis();
    private static final String KIND_PREFIX = "KIND_";
    private static final Set<String> OWN = Set.of(
            "status",
            "countable",
            "kind",
            "error_class",
            "min_duration_ms",
            "user_id",
            "session_id",
            "trace_id",
            "sort",
            "limit",
            "cursor");

    static CallQuery parse(Map<String, List<String>> parameters, Instant now) {
        KpiQuery query = KpiQuery.parse(parameters, now, OWN);
        for (String unused : List.of("step", "group_by", "tz")) {
            if (parameters.containsKey(unused)) {
                throw new InvalidParameter(unused, "is not a parameter of a list of calls");
            }
        }
        CallSort sort = CallSort.parse(text(parameters, "sort"));
        String cursor = text(parameters, "cursor");
        // the newest calls are found whenever they were; what has no index is looked for in the default range
        boolean bounded = !sort.isIndexed();
        return new CallQuery(
                query,
                bounded || parameters.containsKey("from") ? query.range().from() : null,
                bounded || parameters.containsKey("to") ? query.range().to() : null,
                choice(parameters, "status", "error", "ok"),
                choice(parameters, "countable", "true", "false"),
                kind(text(parameters, "kind")),
                text(parameters, "error_class"),
                number("min_duration_ms", text(parameters, "min_duration_ms"), 0, MAX_DURATION_MS),
                text(parameters, "user_id"),
                text(parameters, "session_id"),
                text(parameters, "trace_id"),
                sort,
                limit(text(parameters, "limit")),
                cursor == null ? null : CallCursor.decode(cursor, sort));
    }

    private static @Nullable Kind kind(@Nullable String text) {
        if (text == null) {
            return null;
        }
        for (Kind kind : Kind.values()) {
            if (kind != Kind.UNRECOGNIZED
                    && kind != Kind.KIND_UNSPECIFIED
                    && kind.name().equals(KIND_PREFIX + text.toUpperCase(Locale.ROOT))) {
                return kind;
            }
        }
        throw new InvalidParameter("kind", "must be llm, embedding, tool, agent, chain or another kind of call");
    }

    private static int limit(@Nullable String text) {
        Long limit = number("limit", text, 1, MAX_LIMIT);
        return limit == null ? DEFAULT_LIMIT : limit.intValue();
    }

    private static @Nullable Long number(String name, @Nullable String text, long least, long most) {
        if (text == null) {
            return null;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException malformed) {
            // said below
        }
        throw new InvalidParameter(name, "must be " + least + " to " + most);
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
