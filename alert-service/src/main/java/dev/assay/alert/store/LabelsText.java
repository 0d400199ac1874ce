package dev.assay.alert.store;

import dev.assay.alert.domain.evaluation.Labels;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/** Labels as JSON in columns. */
final class LabelsText {
    private LabelsText() {}

    static Labels read(String json) {
        Map<String, String> values = new TreeMap<>();
        new JsonObject(json).forEach(entry -> values.put(entry.getKey(), String.valueOf(entry.getValue())));
        return Labels.of(values);
    }

    static String write(Labels labels) {
        JsonObject json = new JsonObject();
        labels.values().forEach(json::put);
        return json.encode();
    }
}
