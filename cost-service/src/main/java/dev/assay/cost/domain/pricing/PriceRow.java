package dev.assay.cost.domain.pricing;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The published rates of one model, by the catalogue's names. A row without rates says that the model is known and its
 * price is not.
 *
 * @param key the model's name in the catalogue, e.g. {@code azure/gpt-4o}
 * @param provider who sells it, in the catalogue's words
 * @param mode {@code chat}, {@code embedding}, {@code rerank}, …
 * @param rates rate name → US dollars for one unit; nested names joined by a dot
 * @param bands rates that depend on the size of the whole input, ascending; they win over {@code rates}
 * @param limits {@code max_input_tokens} and {@code max_output_tokens}, where known
 * @param source the page the figures were read from, or empty
 */
public record PriceRow(
        String key,
        String provider,
        String mode,
        Map<String, BigDecimal> rates,
        List<Band> bands,
        Map<String, Long> limits,
        String source) {

    public PriceRow {
        rates = Map.copyOf(rates);
        bands = List.copyOf(bands);
        limits = Map.copyOf(limits);
        rates.forEach(PriceRow::notNegative);
    }

    /** A row of these rates alone, as a project's own price has. */
    public static PriceRow of(String key, String provider, Map<String, BigDecimal> rates) {
        return new PriceRow(key, provider, "chat", rates, List.of(), Map.of(), "");
    }

    /** Whether any price is known. */
    public boolean hasRates() {
        return !rates.isEmpty() || !bands.isEmpty();
    }

    private static void notNegative(String name, BigDecimal value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException(name + " must be >= 0, got: " + value);
        }
    }

    /**
     * Rates that hold when {@code from < measure <= to}; the first band also takes a measure of zero, the last one all
     * above it.
     *
     * @param measure what the band is chosen by: {@code input_tokens} or {@code max_results}
     */
    public record Band(String measure, long from, long to, Map<String, BigDecimal> rates) {
        public Band {
            rates = Map.copyOf(rates);
            rates.forEach(PriceRow::notNegative);
        }
    }
}
