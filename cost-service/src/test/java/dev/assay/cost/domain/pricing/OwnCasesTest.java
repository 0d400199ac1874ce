package dev.assay.cost.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.cost.domain.pricing.PricingOutcome.Priced;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Several hundred cases over every family of rates, worked out by a program that shares nothing with this one (another
 * language, straight from the published list): what it wrote into {@code working} is the sum that {@code list_cost} is.
 */
class OwnCasesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<JsonNode> CASES = read();

    @Test
    void costsWhatWasWorkedOutToTheLastDigit() {
        List<String> wrong = new ArrayList<>();
        for (JsonNode json : CASES) {
            PriceRow row =
                    ShippedPrices.CATALOGUE.row(json.path("model").asText()).orElseThrow();
            PricingOutcome outcome =
                    Pricer.price(ShippedPrices.CATALOGUE.card(row), UsageJson.read(json.path("usage")));
            String cost = outcome instanceof Priced priced ? Decimals.text(priced.listCost()) : outcome.toString();
            if (!cost.equals(json.path("list_cost").asText())) {
                wrong.add(cost + " instead of " + json);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void findsTheRowByProviderAndName() {
        List<String> wrong = new ArrayList<>();
        for (JsonNode json : CASES) {
            String model = json.path("model").asText();
            var match = ShippedPrices.CATALOGUE.match(json.path("provider").asText(), model, model);
            if (match.isEmpty() || !match.get().row().key().equals(model)) {
                wrong.add(json.path("provider").asText() + " " + model + " gave " + match);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void hasCasesOfEveryFamily() {
        Map<String, Integer> families = new TreeMap<>();
        CASES.forEach(json -> families.merge(json.path("category").asText(), 1, Integer::sum));
        assertThat(families)
                .containsKeys("cached", "written", "at_threshold", "above_threshold_cached", "above_threshold_written")
                .containsKeys("band", "batch", "flex", "priority", "above_threshold_priority", "reasoning")
                .containsKeys("audio", "image", "pixel", "image_tokens_out", "video", "per_second", "per_character")
                .containsKeys("search", "rerank", "page", "citation", "per_request", "embedding")
                .containsKeys("fine_tuned", "regional_row", "regional_uplift", "inference_geo", "fast");
        assertThat(CASES).hasSizeGreaterThan(700);
    }

    private static List<JsonNode> read() {
        try (var in = OwnCasesTest.class.getResourceAsStream("/pricing/own-cases.jsonl")) {
            List<JsonNode> cases = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                cases.add(JSON.readTree(line));
            }
            return cases;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
