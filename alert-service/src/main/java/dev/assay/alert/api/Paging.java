package dev.assay.alert.api;

import dev.assay.platform.web.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The part of a list that a request asks for. */
record Paging(int from, int limit) {
    private static final int DEFAULT_LIMIT = 500;
    private static final int MAX_LIMIT = 1_000;
    private static final int SHOWN = 60;

    static Paging of(@Nullable String limit, @Nullable String cursor) {
        return new Paging(from(cursor), limit(limit));
    }

    static String shortened(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    <T, V> Page<V> page(List<T> all, Function<T, V> view) {
        int start = Math.min(from, all.size());
        int end = Math.min(start + limit, all.size());
        String next = end == all.size()
                ? null
                : Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(Integer.toString(end).getBytes(StandardCharsets.US_ASCII));
        return new Page<>(all.subList(start, end).stream().map(view).toList(), next);
    }

    private static int limit(@Nullable String limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (!limit.matches("\\d{1,6}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MAX_LIMIT) {
            throw Problem.badRequest("limit", "must be 1 to " + MAX_LIMIT + ", got: " + shortened(limit));
        }
        return Integer.parseInt(limit);
    }

    private static int from(@Nullable String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return 0;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (text.matches("\\d{1,9}")) {
                return Integer.parseInt(text);
            }
        } catch (IllegalArgumentException malformed) {
            // refused below
        }
        throw Problem.badRequest("cursor", "must be the next_cursor of an earlier answer");
    }
}
