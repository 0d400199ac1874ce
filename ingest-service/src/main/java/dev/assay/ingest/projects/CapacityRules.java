package dev.assay.ingest.projects;

import dev.assay.contracts.control.v1.Capacity;
import dev.assay.ingest.domain.capacity.CapacityLimit;
import dev.assay.platform.web.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the limits of a project may hold. */
final class CapacityRules {
    private static final int MAX_LIMITS = 100;
    private static final int MAX_VALUE_CHARS = 200;
    private static final double MAX_RPS = 1e9;
    private static final long MAX_CONCURRENT = 1_000_000_000;
    private static final Set<String> FIELDS =
            Set.of("environment", "app", "endpoint", "provider", "model", "max_rps", "max_concurrent");

    /** The limits of a request's fields; none take all limits away. */
    static Capacity capacity(Map<?, ?> fields) {
        if (!(fields.get("limits") instanceof List<?> limits) || limits.size() > MAX_LIMITS) {
            throw Problem.unprocessable("limits", "must be an array of at most " + MAX_LIMITS + " limits");
        }
        Capacity.Builder capacity = Capacity.newBuilder();
        Set<Map<String, String>> named = new HashSet<>();
        for (int i = 0; i < limits.size(); i++) {
            CapacityLimit limit = limit("limits[" + i + "]", limits.get(i));
            if (!named.add(limit.named())) {
                throw Problem.unprocessable(
                        "limits[" + i + "]", "must name other dimensions than the limits before it");
            }
            capacity.addApps(limit.toProto());
        }
        return capacity.build();
    }

    private static CapacityLimit limit(String place, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> fields)) {
            throw Problem.unprocessable(place, "must be a JSON object");
        }
        for (Object name : fields.keySet()) {
            if (!FIELDS.contains(String.valueOf(name))) {
                throw Problem.unprocessable(
                        place,
                        "must have no fields but environment, app, endpoint, provider, model, max_rps and"
                                + " max_concurrent");
            }
        }
        Double maxRps = rps(place, fields.get("max_rps"));
        Long maxConcurrent = concurrent(place, fields.get("max_concurrent"));
        if (maxRps == null && maxConcurrent == null) {
            throw Problem.unprocessable(place, "must have max_rps or max_concurrent");
        }
        return new CapacityLimit(
                text(place, fields, "app"),
                text(place, fields, "model"),
                text(place, fields, "environment"),
                text(place, fields, "endpoint"),
                text(place, fields, "provider"),
                maxRps,
                maxConcurrent);
    }

    private static String text(String place, Map<?, ?> fields, String name) {
        Object value = fields.get(name);
        if (value == null) {
            return "";
        }
        if (value instanceof String text && text.length() <= MAX_VALUE_CHARS && text.indexOf('\0') < 0) {
            return text;
        }
        throw Problem.unprocessable(
                place + "." + name, "must be a text of at most " + MAX_VALUE_CHARS + " characters without NUL");
    }

    private static @Nullable Double rps(String place, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Number number && number.doubleValue() > 0 && number.doubleValue() <= MAX_RPS) {
            return number.doubleValue();
        }
        throw Problem.unprocessable(place + ".max_rps", "must be a number over 0, at most " + (long) MAX_RPS);
    }

    private static @Nullable Long concurrent(String place, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value instanceof Number number
                && number.doubleValue() == Math.rint(number.doubleValue())
                && number.doubleValue() >= 1
                && number.doubleValue() <= MAX_CONCURRENT) {
            return number.longValue();
        }
        throw Problem.unprocessable(place + ".max_concurrent", "must be a whole number from 1 to " + MAX_CONCURRENT);
    }

    private CapacityRules() {}
}
