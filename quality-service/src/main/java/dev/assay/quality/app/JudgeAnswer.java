package dev.assay.quality.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.quality.domain.judge.Judgement;
import dev.assay.quality.domain.judge.Rubric;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A judge's answer as JSON: the schema that it is asked for, and what is taken for an answer. */
final class JudgeAnswer {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ObjectReader STRICT = JSON.reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private JudgeAnswer() {}

    /** The schema: a mark, and score and justification of each criterion; nothing may be missing or added. */
    static String schema(Rubric rubric) {
        ObjectNode schema = object();
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        properties.putObject("mark").put("type", "string");
        required.add("mark");
        for (Rubric.Criterion criterion : rubric.criteria()) {
            ObjectNode score = object();
            ObjectNode parts = score.putObject("properties");
            parts.putObject("justification").put("type", "string");
            ArrayNode values = parts.putObject("score").put("type", "integer").putArray("enum");
            for (int i = Rubric.LOWEST; i <= Rubric.HIGHEST; i++) {
                values.add(i);
            }
            score.putArray("required").add("justification").add("score");
            properties.set(criterion.name(), score);
            required.add(criterion.name());
        }
        return schema.toString();
    }

    private static ObjectNode object() {
        return JSON.createObjectNode().put("type", "object").put("additionalProperties", false);
    }

    /**
     * The judgement of an answer. The whole answer must be the JSON that was asked for: no object is looked for in other
     * text, where the judged response may have put one.
     */
    static Optional<Judgement> read(Rubric rubric, String mark, String answer) {
        JsonNode root;
        try {
            root = STRICT.readTree(answer);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
        if (root == null || !root.isObject() || !mark.equals(root.path("mark").textValue())) {
            return Optional.empty();
        }
        Map<String, Judgement.Score> scores = new HashMap<>();
        for (Rubric.Criterion criterion : rubric.criteria()) {
            JsonNode given = root.path(criterion.name());
            JsonNode score = given.path("score");
            if (!score.isIntegralNumber() || score.intValue() < Rubric.LOWEST || score.intValue() > Rubric.HIGHEST) {
                return Optional.empty();
            }
            scores.put(
                    criterion.name(),
                    new Judgement.Score(
                            score.intValue(),
                            ScoreCalls.storable(given.path("justification").asText(""))));
        }
        return Optional.of(Judgement.of(rubric, scores));
    }
}
