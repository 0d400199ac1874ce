package dev.assay.cost.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.cost.domain.pricing.PriceCatalogue;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ImportedPriceListTest {
    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void becomesACatalogueDigitByDigit() {
        PriceCatalogue catalogue = CatalogueFile.read(
                catalogue(
                        "{\"gpt-x\": {\"mode\": \"chat\", \"input_cost_per_token\": 1.10e-06, \"litellm_provider\": \"openai\"}}"));

        assertThat(catalogue.version()).isEqualTo("v");
        assertThat(catalogue.effectiveFrom()).isEqualTo(FROM);
        assertThat(catalogue.row("gpt-x").orElseThrow().rates())
                .hasEntrySatisfying(
                        "input_cost_per_token",
                        rate -> assertThat(rate).isEqualByComparingTo(new BigDecimal("0.0000011")));
    }

    @Test
    void refusesWhatWouldPriceNothingOrAnything() {
        refuses("nothing");
        refuses("[1, 2]");
        refuses("{}");
        refuses("{\"gpt-x\": {\"input_cost_per_token\": 1}}"); // no mode: no model
        refuses(rate("-1"));
        refuses(rate("1e-999999"));
        refuses(rate("1e999999"));
        refuses(rate("1000001"));
        refuses("{\"a\\u0000b\": {\"mode\": \"chat\"}}");
        refuses("{\"a\": {\"mode\": \"chat\", \"tiered_pricing\": [{\"range\": [0, 0.5]}]}}");
    }

    private static String rate(String rate) {
        return "{\"gpt-x\": {\"mode\": \"chat\", \"input_cost_per_token\": " + rate + "}}";
    }

    private static String catalogue(String list) {
        return ImportedPriceList.catalogue(list, "v", FROM, "test");
    }

    private static void refuses(String list) {
        assertThatIllegalArgumentException().as(list).isThrownBy(() -> catalogue(list));
    }
}
