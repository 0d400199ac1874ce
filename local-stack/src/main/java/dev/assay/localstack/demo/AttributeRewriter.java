package dev.assay.localstack.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites the attributes of a recorded span: token counts and durations are multiplied, and in every text the recorded
 * model, user, session, question and answer give way to the variation's.
 */
final class AttributeRewriter {
    private static final String QUESTION = "What is the capital of France?";
    private static final String ANSWER = "Paris is the capital of France.";
    private static final Pattern TOKENS =
            Pattern.compile("gen_ai\\.usage\\..*tokens|llm\\.token_count\\..*|ai\\.usage\\..*");
    private static final Pattern NUMBER = Pattern.compile("(?<=:)\\d+(\\.\\d+)?");
    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
    private static final Set<String> DURATIONS = Set.of(
            "gen_ai.server.time_to_first_token",
            "gen_ai.response.time_to_first_chunk",
            "gen_ai.client.operation.time_to_first_chunk",
            "gen_ai.client.operation.duration",
            "ai.response.msToFirstChunk",
            "ai.response.msToFinish");
    private static final Set<String> COUNTS_IN_JSON =
            Set.of("langfuse.observation.usage_details", "langfuse.observation.cost_details");

    /** What no longer holds once tokens and times have changed. */
    private static final Set<String> DROPPED = Set.of(
            "gen_ai.server.time_per_output_token",
            "gen_ai.client.operation.time_per_output_chunk",
            "ai.response.avgOutputTokensPerSecond");

    private final Variation variation;
    private final UnaryOperator<Instant> restamp;
    private final Map<String, String> fixed;

    AttributeRewriter(Variation variation, UnaryOperator<Instant> restamp) {
        this.variation = variation;
        this.restamp = restamp;
        this.fixed = Map.of(
                "service.name", variation.app().id(),
                "deployment.environment", variation.environment(),
                "langfuse.environment", variation.environment());
    }

    /** A list of attributes, rewritten. */
    ArrayNode rewritten(JsonNode attributes) {
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        for (JsonNode attribute : attributes) {
            String key = attribute.path("key").asText();
            if (!DROPPED.contains(key)) {
                ObjectNode copy = result.addObject();
                copy.put("key", key);
                copy.set("value", value(key, attribute.path("value")));
            }
        }
        return result;
    }

    /** A text with the recorded names and words replaced. */
    String rewritten(String text) {
        return text.replace(DemoModel.RECORDED_RESPONSE, variation.model().response())
                .replaceAll(
                        Pattern.quote(DemoModel.RECORDED_REQUEST) + "(?![\\w-])",
                        Matcher.quoteReplacement(variation.model().request()))
                .replace(QUESTION, variation.text().question())
                .replace(ANSWER, variation.text().answer())
                .replace("user-42", variation.user())
                .replace("sess-7", variation.session())
                .replace("stub", "demo-" + variation.traceId().substring(0, 12));
    }

    private JsonNode value(String key, JsonNode value) {
        String replacement = fixed.get(key);
        if (replacement != null) {
            return JsonNodeFactory.instance.objectNode().put("stringValue", replacement);
        }
        if (value.has("intValue") && TOKENS.matcher(key).matches()) {
            long tokens = value.path("intValue").asLong() * variation.tokenFactor();
            return JsonNodeFactory.instance.objectNode().put("intValue", String.valueOf(tokens));
        }
        if (value.has("doubleValue") && DURATIONS.contains(key)) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("doubleValue", value.path("doubleValue").asDouble() * variation.timeFactor());
        }
        if (value.has("stringValue")) {
            String text = value.path("stringValue").asText();
            return JsonNodeFactory.instance.objectNode().put("stringValue", text(key, text));
        }
        return value;
    }

    private String text(String key, String text) {
        if (COUNTS_IN_JSON.contains(key)) {
            return NUMBER.matcher(text)
                    .replaceAll(match -> new BigDecimal(match.group())
                            .multiply(BigDecimal.valueOf(variation.tokenFactor()))
                            .toPlainString());
        }
        if (key.equals("langfuse.observation.completion_start_time")) {
            return TIME.matcher(text)
                    .replaceAll(
                            match -> restamp.apply(Instant.parse(match.group())).toString());
        }
        return rewritten(text);
    }
}
