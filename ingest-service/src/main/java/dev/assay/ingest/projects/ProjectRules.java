package dev.assay.ingest.projects;

import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the fields of a project and of a key may hold. */
final class ProjectRules {
    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");
    private static final int MAX_NAME_CHARS = 200;
    private static final List<String> CONTENT_POLICIES = List.of("keep", "redact", "hash", "drop");
    private static final long MAX_EVENTS_PER_SECOND = 1_000_000_000;

    static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    static String id(Map<?, ?> fields) {
        if (fields.get("id") instanceof String id && isId(id)) {
            return id;
        }
        throw Problem.unprocessable("id", "must match [a-z0-9-]{1,40}");
    }

    static String name(Map<?, ?> fields, String byDefault) {
        Object name = fields.get("name");
        if (name == null) {
            return byDefault;
        }
        if (name instanceof String text && !text.isBlank() && text.length() <= MAX_NAME_CHARS) {
            return text;
        }
        throw Problem.unprocessable("name", "must be a text of 1 to " + MAX_NAME_CHARS + " characters");
    }

    static String currency(Map<?, ?> fields) {
        Object currency = fields.get("currency");
        if (currency == null) {
            return "USD";
        }
        if (currency instanceof String code && CURRENCY.matcher(code).matches()) {
            return code;
        }
        throw Problem.unprocessable("currency", "must be an ISO 4217 code such as USD");
    }

    /** The policy; what is left out is the default. */
    static ProjectPolicy policy(Map<?, ?> fields) {
        Object content = fields.get("content");
        if (content != null && !CONTENT_POLICIES.contains(content)) {
            throw Problem.unprocessable("content", "must be one of " + String.join(", ", CONTENT_POLICIES));
        }
        Object limit = fields.get("events_per_second");
        if (limit != null && !(limit instanceof Long number && number >= 1 && number <= MAX_EVENTS_PER_SECOND)) {
            throw Problem.unprocessable(
                    "events_per_second", "must be a whole number from 1 to " + MAX_EVENTS_PER_SECOND + ", or null");
        }
        return new ProjectPolicy(content == null ? "keep" : String.valueOf(content), (Long) limit);
    }

    static boolean generated(Map<?, ?> fields) {
        Object generated = fields.get("generated");
        if (generated == null || generated instanceof Boolean) {
            return Boolean.TRUE.equals(generated);
        }
        throw Problem.unprocessable("generated", "must be true or false");
    }

    /** The scopes of a key; those of a client that sends and reads when none are named. */
    static List<String> scopes(Map<?, ?> fields) {
        Object scopes = fields.get("scopes");
        if (scopes == null) {
            return List.of(Scope.INGEST.wireName(), Scope.READ.wireName());
        }
        Set<String> known = Arrays.stream(Scope.values()).map(Scope::wireName).collect(Collectors.toSet());
        if (scopes instanceof List<?> list && !list.isEmpty() && known.containsAll(list)) {
            Set<String> distinct = new LinkedHashSet<>();
            list.forEach(scope -> distinct.add(String.valueOf(scope)));
            return List.copyOf(distinct);
        }
        throw Problem.unprocessable("scopes", "must be a non-empty array of ingest, read, admin");
    }

    static Map<?, ?> object(@Nullable Object body) {
        if (body instanceof Map<?, ?> fields) {
            return fields;
        }
        throw Problem.badRequest(null, "the body must be a JSON object");
    }

    private ProjectRules() {}
}
