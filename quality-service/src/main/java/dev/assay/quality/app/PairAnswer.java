package dev.assay.quality.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.quality.domain.judge.PairVerdict.Choice;
import java.util.Optional;

/** The JSON in which a judge says which of two responses is better. */
final class PairAnswer {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ObjectReader STRICT = JSON.reader()
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private PairAnswer() {}

    static String schema() {
        ObjectNode schema = JSON.createObjectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        properties.putObject("mark").put("type", "string");
        properties.putObject("justification").put("type", "string");
        properties
                .putObject("better")
                .put("type", "string")
                .putArray("enum")
                .add("first")
                .add("second")
                .add("tie");
        schema.putArray("required").add("mark").add("justification").add("better");
        return schema.toString();
    }

    /** The vote, A being the first; empty for everything but the JSON that was asked for. */
    static Optional<Choice> read(String mark, String answer) {
        JsonNode root;
        try {
            root = STRICT.readTree(answer);
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
        if (root == null || !root.isObject() || !mark.equals(root.path("mark").textValue())) {
            return Optional.empty();
        }
        return switch (root.path("better").asText("")) {
            case "first" -> Optional.of(Choice.A);
            case "second" -> Optional.of(Choice.B);
            case "tie" -> Optional.of(Choice.TIE);
            default -> Optional.empty();
        };
    }
}
