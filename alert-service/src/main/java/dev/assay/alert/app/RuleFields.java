package dev.assay.alert.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.assay.alert.domain.rule.InvalidRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a rule's JSON, read strictly: null is absent, a wrong type is named. */
final class RuleFields {
    private static final int SHOWN = 60;
    private static final int MAX_TEXT = 500;

    private final JsonNode json;

    RuleFields(JsonNode json) {
        this.json = json;
    }

    static String shortened(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    boolean has(String field) {
        return json.hasNonNull(field);
    }

    String requiredText(String field) {
        if (!has(field)) {
            throw new InvalidRule(field, "is required");
        }
        return textOf(field, json.get(field));
    }

    String text(String field, String absent) {
        return has(field) ? textOf(field, json.get(field)) : absent;
    }

    boolean flag(String field, boolean absent) {
        if (!has(field)) {
            return absent;
        }
        if (!json.get(field).isBoolean()) {
            throw new InvalidRule(field, "must be true or false");
        }
        return json.get(field).booleanValue();
    }

    double requiredNumber(String field) {
        if (!has(field)) {
            throw new InvalidRule(field, "is required");
        }
        JsonNode value = json.get(field);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw new InvalidRule(field, "must be a finite number, got: " + shortened(value.toString()));
        }
        return value.doubleValue();
    }

    double number(String field, double absent) {
        return has(field) ? requiredNumber(field) : absent;
    }

    @Nullable
    Double optionalNumber(String field) {
        return has(field) ? Double.valueOf(requiredNumber(field)) : null;
    }

    /** The objects of a list. */
    List<RuleFields> objects(String field) {
        List<RuleFields> objects = new ArrayList<>();
        if (has(field)) {
            if (!json.get(field).isArray()) {
                throw new InvalidRule(field, "must be a list");
            }
            for (JsonNode item : json.get(field)) {
                if (!item.isObject()) {
                    throw new InvalidRule(field, "must be a list of objects");
                }
                objects.add(new RuleFields(item));
            }
        }
        return objects;
    }

    /** The object in a field; null if absent. */
    @Nullable
    RuleFields child(String field) {
        if (!has(field)) {
            return null;
        }
        if (!json.get(field).isObject()) {
            throw new InvalidRule(field, "must be an object");
        }
        return new RuleFields(json.get(field));
    }

    /** Refuses other fields than these. */
    void requireOnly(String place, String... names) {
        json.fieldNames().forEachRemaining(name -> {
            if (!List.of(names).contains(name)) {
                throw new InvalidRule(
                        place, "must have nothing but " + String.join(", ", names) + ", got: " + shortened(name));
            }
        });
    }

    /** An object whose values are texts. */
    Map<String, String> map(String field) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (has(field)) {
            if (!json.get(field).isObject()) {
                throw new InvalidRule(field, "must be an object");
            }
            json.get(field)
                    .properties()
                    .forEach(
                            entry -> texts.put(entry.getKey(), textOf(field + "." + entry.getKey(), entry.getValue())));
        }
        return texts;
    }

    long wholeNumber(String field, long absent) {
        if (!has(field)) {
            return absent;
        }
        JsonNode value = json.get(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new InvalidRule(field, "must be a whole number, got: " + shortened(value.toString()));
        }
        return value.longValue();
    }

    List<String> texts(String field) {
        return has(field) ? textsOf(field, json.get(field)) : List.of();
    }

    /** An object whose values are a text or a list of texts each. */
    Map<String, List<String>> object(String field) {
        if (!has(field)) {
            return Map.of();
        }
        JsonNode object = json.get(field);
        if (!object.isObject()) {
            throw new InvalidRule(field, "must be an object");
        }
        Map<String, List<String>> values = new LinkedHashMap<>();
        object.properties().forEach(entry -> {
            String name = field + "." + entry.getKey();
            JsonNode value = entry.getValue();
            values.put(entry.getKey(), value.isArray() ? textsOf(name, value) : List.of(textOf(name, value)));
        });
        return values;
    }

    private static List<String> textsOf(String field, JsonNode array) {
        if (!array.isArray()) {
            throw new InvalidRule(field, "must be a list");
        }
        List<String> texts = new ArrayList<>();
        array.forEach(item -> texts.add(textOf(field, item)));
        return texts;
    }

    private static String textOf(String field, JsonNode value) {
        if (!value.isTextual() || value.textValue().length() > MAX_TEXT) {
            throw new InvalidRule(
                    field,
                    "must be a text of at most " + MAX_TEXT + " characters, got: " + shortened(value.toString()));
        }
        return value.textValue();
    }
}
