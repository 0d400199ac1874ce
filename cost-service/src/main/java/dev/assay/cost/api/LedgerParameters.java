package dev.assay.cost.api;

import dev.assay.cost.app.CostBreakdown;
import dev.assay.cost.app.LedgerQuery;
import dev.assay.cost.app.LedgerRows.Place;
import dev.assay.platform.kpi.Dimension;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.web.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What reads of the ledger take from the URL, checked: range, dimensions, and what a call's row is known by. */
final class LedgerParameters {
    private static final Set<String> OWN =
            Set.of("user_id", "task_id", "price_key", "price_version", "unpriced_reason", "limit", "cursor", "format");
    private static final Duration LONGEST = Duration.ofDays(92);
    private static final int MOST_DIMENSIONS = 3;

    private final Map<String, List<String>> parameters;
    private final KpiQuery query;

    private LedgerParameters(Map<String, List<String>> parameters, KpiQuery query) {
        this.parameters = parameters;
        this.query = query;
    }

    /** The parameters, among them those of {@code allowed} that are not a filter. */
    static LedgerParameters parse(Map<String, List<String>> parameters, Instant now, Set<String> allowed) {
        Map<String, List<String>> known = new HashMap<>(parameters);
        for (String name : List.of("limit", "cursor", "format", "group_by", "step", "tz")) {
            if (known.containsKey(name) && !allowed.contains(name)) {
                throw Problem.badRequest(name, "is not a parameter here");
            }
        }
        known.remove("group_by");
        KpiQuery query = KpiQuery.parse(known, now, OWN);
        if (query.range().duration().compareTo(LONGEST) > 0) {
            throw Problem.badRequest("from", "must be at most " + LONGEST.toDays() + " days before to");
        }
        return new LedgerParameters(parameters, query);
    }

    LedgerQuery query() {
        return new LedgerQuery(
                query.range(),
                query.filters(),
                single("user_id"),
                single("task_id"),
                single("price_key"),
                single("price_version"),
                single("unpriced_reason"));
    }

    /** What to split by; one to three different names. */
    List<String> groupBy() {
        List<String> names = new ArrayList<>();
        for (String list : parameters.getOrDefault("group_by", List.of())) {
            for (String part : list.split(",", -1)) {
                String name = part.strip();
                if (Dimension.find(name).isEmpty() && !CostBreakdown.LEDGER_COLUMNS.contains(name)) {
                    throw Problem.badRequest(
                            "group_by",
                            "must be of the dimensions, " + String.join(", ", CostBreakdown.LEDGER_COLUMNS) + ", got: "
                                    + RequestField.shown(name));
                }
                if (!names.contains(name)) {
                    names.add(name);
                }
            }
        }
        if (names.isEmpty() || names.size() > MOST_DIMENSIONS) {
            throw Problem.badRequest("group_by", "must name 1 to " + MOST_DIMENSIONS + ", got: " + names.size());
        }
        return names;
    }

    int limit(int usual, int most) {
        String text = single("limit");
        if (text == null) {
            return usual;
        }
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw Problem.badRequest("limit", "must be 1 to " + most + ", got: " + RequestField.shown(text));
        }
        return Integer.parseInt(text);
    }

    /** Whether CSV is wanted, by {@code format=csv}; JSON is the other format. */
    boolean isCsv() {
        String format = single("format");
        if (format != null && !format.equals("csv") && !format.equals("json")) {
            throw Problem.badRequest("format", "must be json or csv, got: " + RequestField.shown(format));
        }
        return "csv".equals(format);
    }

    @Nullable
    Place cursor() {
        String text = single("cursor");
        if (text == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split("/", 2);
            return new Place(Long.parseLong(parts[0]), UUID.fromString(parts[1]));
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            throw Problem.badRequest("cursor", "must be the next_cursor of an earlier answer");
        }
    }

    static String cursorOf(Place place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((place.startMicros() + "/" + place.id()).getBytes(StandardCharsets.US_ASCII));
    }

    private @Nullable String single(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw Problem.badRequest(name, "must be given once, got: " + values.size() + " times");
        }
        if (values.isEmpty()) {
            return null;
        }
        String value = values.get(0);
        if (value.length() > RequestField.MAX_NAME || value.indexOf('\0') >= 0) {
            throw Problem.badRequest(name, "must have at most " + RequestField.MAX_NAME + " characters and no NUL");
        }
        return value;
    }
}
