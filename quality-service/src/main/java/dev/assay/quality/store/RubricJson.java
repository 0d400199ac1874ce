package dev.assay.quality.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.quality.domain.judge.Rubric;
import dev.assay.quality.domain.judge.Rubric.Criterion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A rubric's criteria as they are stored. */
final class RubricJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RubricJson() {}

    static String write(List<Criterion> criteria) {
        ArrayNode array = JSON.createArrayNode();
        for (Criterion criterion : criteria) {
            ObjectNode object = array.addObject()
                    .put("name", criterion.name())
                    .put("description", criterion.description())
                    .put("weight", criterion.weight());
            ObjectNode anchors = object.putObject("anchors");
            new TreeMap<>(criterion.anchors()).forEach((score, text) -> anchors.put(score.toString(), text));
        }
        return array.toString();
    }

    static Rubric read(String name, int version, String definition) {
        try {
            List<Criterion> criteria = new ArrayList<>();
            for (JsonNode object : JSON.readTree(definition)) {
                Map<Integer, String> anchors = new TreeMap<>();
                object.get("anchors")
                        .properties()
                        .forEach(anchor -> anchors.put(
                                Integer.valueOf(anchor.getKey()),
                                anchor.getValue().asText()));
                criteria.add(new Criterion(
                        object.get("name").asText(),
                        object.get("description").asText(),
                        object.get("weight").asDouble(),
                        anchors));
            }
            return new Rubric(name, version, criteria);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("the rubric " + name + " cannot be read", damaged);
        }
    }
}
