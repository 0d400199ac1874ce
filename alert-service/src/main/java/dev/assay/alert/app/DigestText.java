package dev.assay.alert.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** What one notification of several alerts says: the fields of a single one, and the single ones in {@code alerts}. */
final class DigestText {
    /** So many alerts are written out; the rest are counted in {@code more}. */
    static final int MAX_ALERTS = 100;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAX_NAMED = 5;
    private static final List<String> SEVERITIES = List.of("low", "medium", "high", "critical");

    private DigestText() {}

    /** A notification's JSON; text that is none becomes an empty object. */
    static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    /** The labels by which a notification is grouped: its own, and its rule and severity. */
    static Map<String, String> labels(JsonNode says) {
        Map<String, String> labels = new TreeMap<>();
        says.path("labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        for (String field : List.of("rule", "rule_id", "severity")) {
            labels.put(field, says.path(field).asText());
        }
        return labels;
    }

    /**
     * The JSON text.
     *
     * @param id its name
     * @param said what the single ones say, in their order; of an incident the last word counts
     * @param repeated whether nothing is new
     */
    static String of(String tenant, String id, List<JsonNode> said, boolean repeated) {
        Map<String, JsonNode> last = new LinkedHashMap<>();
        said.forEach(one -> {
            last.remove(one.path("incident").asText());
            last.put(one.path("incident").asText(), one);
        });
        List<JsonNode> alerts = new ArrayList<>(last.values());
        long firing = alerts.stream().filter(DigestText::fires).count();
        alerts.sort((one, other) -> Boolean.compare(fires(other), fires(one))); // what fires first, else as it came
        ObjectNode json = JSON.createObjectNode();
        json.put("project", tenant);
        json.put("rule", same(alerts, "rule", alerts.size() + " alerts"));
        json.put("rule_id", same(alerts, "rule_id", "digest"));
        json.put("state", firing > 0 ? "firing" : "resolved");
        json.put("incident", id);
        json.put("severity", severity(alerts));
        json.putNull("metric");
        json.putNull("op");
        json.putNull("value");
        json.putNull("threshold");
        json.set("labels", common(alerts));
        json.put("starts_at", extreme(alerts, "starts_at", (one, other) -> one.compareTo(other) <= 0 ? one : other));
        json.put(
                "ends_at",
                firing > 0
                        ? null
                        : extreme(alerts, "ends_at", (one, other) -> one.compareTo(other) >= 0 ? one : other));
        json.put("summary", summary(alerts, firing, repeated));
        json.put("repeated", repeated);
        ArrayNode array = json.putArray("alerts");
        alerts.stream().limit(MAX_ALERTS).forEach(array::add);
        json.put("more", Math.max(0, alerts.size() - MAX_ALERTS));
        return json.toString();
    }

    static boolean fires(JsonNode says) {
        return says.path("state").asText().equals("firing");
    }

    private static String summary(List<JsonNode> alerts, long firing, boolean repeated) {
        List<String> named = alerts.stream()
                .limit(MAX_NAMED)
                .map(alert -> alert.path("summary").asText(alert.path("rule").asText()))
                .toList();
        int others = alerts.size() - named.size();
        return (firing > 0 ? firing + (repeated ? " still firing" : " firing") : "")
                + (firing > 0 && firing < alerts.size() ? ", " : "")
                + (firing < alerts.size() ? (alerts.size() - firing) + " resolved" : "")
                + ": " + String.join("; ", named)
                + (others > 0 ? "; and " + others + " more" : "");
    }

    private static String same(Collection<JsonNode> alerts, String field, String otherwise) {
        List<String> values = alerts.stream()
                .map(alert -> alert.path(field).asText())
                .distinct()
                .toList();
        return values.size() == 1 ? values.get(0) : otherwise;
    }

    private static String severity(List<JsonNode> alerts) {
        int highest = alerts.stream()
                .mapToInt(alert -> SEVERITIES.indexOf(alert.path("severity").asText()))
                .max()
                .orElse(-1);
        return highest < 0 ? "high" : SEVERITIES.get(highest);
    }

    /** The labels that all have with the same value. */
    private static ObjectNode common(List<JsonNode> alerts) {
        ObjectNode common = JSON.createObjectNode();
        alerts.get(0).path("labels").properties().forEach(label -> {
            if (alerts.stream()
                    .allMatch(alert ->
                            label.getValue().equals(alert.path("labels").get(label.getKey())))) {
                common.set(label.getKey(), label.getValue());
            }
        });
        return common;
    }

    /** Times are all of one form, in UTC, so that their texts are ordered as they are. */
    private static @Nullable String extreme(List<JsonNode> alerts, String field, BinaryOperator<String> better) {
        return alerts.stream()
                .filter(alert -> alert.hasNonNull(field))
                .map(alert -> alert.get(field).asText())
                .reduce(better)
                .orElse(null);
    }
}
