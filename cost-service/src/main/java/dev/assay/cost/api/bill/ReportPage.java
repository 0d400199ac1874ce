package dev.assay.cost.api.bill;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.platform.web.Problem;
import java.time.LocalDate;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A page of time buckets with results, which OpenAI's and Anthropic's reports both are. */
final class ReportPage {
    /** Keeps the digits that an amount is written with: they tell how far it is rounded. */
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private ReportPage() {}

    /**
     * Hands on each result with its bucket's day, and tells the draft of days without results. A page that has a next one is
     * refused (part of a bill explains nothing), as is a day that comes twice: it would be counted twice.
     */
    static void each(
            String body, BillDraft draft, Function<JsonNode, LocalDate> dayOf, BiConsumer<LocalDate, JsonNode> action) {
        JsonNode page = parse(body);
        if (!page.path("data").isArray()) {
            throw Problem.unprocessable("data", "must be an array of time buckets");
        }
        if (page.path("has_more").asBoolean()) {
            throw Problem.unprocessable("has_more", "must be false: put the buckets of all pages into the data of one");
        }
        int lines = 0;
        for (JsonNode bucket : page.get("data")) {
            LocalDate day = dayOf.apply(bucket);
            if (!draft.covers(day)) {
                throw Problem.unprocessable("data", "must have one bucket a day, got two of " + day);
            }
            if (!bucket.path("results").isArray()) {
                throw Problem.unprocessable("results", "must be an array in each time bucket");
            }
            for (JsonNode result : bucket.get("results")) {
                if (++lines > BillFormat.MOST_LINES) {
                    throw Problem.tooLarge("a report has at most " + BillFormat.MOST_LINES + " results");
                }
                action.accept(day, result);
            }
        }
    }

    private static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw Problem.badRequest(null, "the body must be JSON");
        }
    }
}
