package dev.assay.cost.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.cost.domain.pricing.PriceRow;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the model price list that the LiteLLM project publishes ({@code model_prices_and_context_window.json}), digit by
 * digit as it is written: no figure passes through binary floating point.
 *
 * <p>What is no model (the sample and rows without a {@code mode}) is left out; a model without any price is kept, because
 * a known model of unknown price is something to report.
 */
public final class LiteLlmPriceList {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
            .build();

    private static final Set<String> NO_MODELS = Set.of("sample_spec");
    private static final Set<String> NESTED = Set.of("search_context_cost_per_query", "provider_specific_entry");
    private static final List<String> LIMITS = List.of("max_input_tokens", "max_output_tokens");

    private LiteLlmPriceList() {}

    /** The list's models. */
    public static List<PriceRow> read(String text) {
        List<PriceRow> rows = new ArrayList<>();
        try {
            JSON.readTree(text).properties().forEach(entry -> {
                if (!NO_MODELS.contains(entry.getKey()) && entry.getValue().has("mode")) {
                    rows.add(readRow(entry.getKey(), entry.getValue()));
                }
            });
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no price list: " + e.getOriginalMessage(), e);
        }
        return rows;
    }

    private static PriceRow readRow(String key, JsonNode node) {
        Map<String, Long> limits = new HashMap<>();
        for (String limit : LIMITS) {
            if (node.path(limit).isNumber()) {
                limits.put(limit, node.path(limit).asLong());
            }
        }
        return new PriceRow(
                key,
                node.path("litellm_provider").asText(""),
                node.path("mode").asText(),
                readRates(node),
                readBands(node.path("tiered_pricing")),
                limits,
                node.path("source").asText(""));
    }

    private static Map<String, BigDecimal> readRates(JsonNode node) {
        Map<String, BigDecimal> rates = new HashMap<>();
        node.properties().forEach(field -> {
            String name = field.getKey();
            JsonNode value = field.getValue();
            if (NESTED.contains(name)) {
                value.properties().forEach(inner -> putNumber(rates, name + "." + inner.getKey(), inner.getValue()));
            } else if (name.contains("_cost") || name.contains("multiplier")) {
                putNumber(rates, name, value);
            }
        });
        return rates;
    }

    private static void putNumber(Map<String, BigDecimal> rates, String name, JsonNode value) {
        if (value.isNumber()) {
            rates.put(name, value.decimalValue());
        }
    }

    private static List<PriceRow.Band> readBands(JsonNode tiers) {
        List<PriceRow.Band> bands = new ArrayList<>();
        for (JsonNode tier : tiers) {
            boolean byInput = tier.has("range");
            JsonNode range = tier.path(byInput ? "range" : "max_results_range");
            bands.add(new PriceRow.Band(
                    byInput ? "input_tokens" : "max_results",
                    range.path(0).decimalValue().longValueExact(),
                    range.path(1).decimalValue().longValueExact(),
                    readRates(tier)));
        }
        return bands;
    }
}
