package dev.assay.cost.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.cost.domain.pricing.PriceRow;
import dev.assay.cost.domain.pricing.RateNames;
import dev.assay.cost.domain.pricing.ShippedPrices;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class ShippedCatalogueTest {

    @Test
    void saysWhatItIsAndWhereItIsFrom() {
        CatalogueHeader header = CatalogueFile.readHeader(ShippedPrices.TEXT);

        assertThat(header.format()).isEqualTo("assay-prices/1");
        assertThat(header.version()).isEqualTo("2026-08-01");
        assertThat(header.currency()).isEqualTo("USD");
        assertThat(header.source()).contains("litellm");
        assertThat(header.licence()).startsWith("MIT");
        assertThat(header.rows()).isEqualTo(2976);
    }

    @Test
    void isWrittenAsItReads() {
        String again = CatalogueFile.write(
                CatalogueFile.readHeader(ShippedPrices.TEXT),
                ShippedPrices.CATALOGUE.rows().stream().toList());

        assertThat(again).isEqualTo(ShippedPrices.TEXT);
    }

    @Test
    void everyRateIsUnderstoodOrKnownNotToApply() {
        assertThat(ShippedPrices.CATALOGUE.rows().stream()
                        .flatMap(row -> row.rates().keySet().stream())
                        .filter(name -> RateNames.handling(name) == RateNames.Handling.UNKNOWN)
                        .distinct()
                        .toList())
                .isEmpty();
    }

    @Test
    void keepsModelsWhosePriceIsUnknown() {
        assertThat(ShippedPrices.CATALOGUE.rows().stream().filter(row -> !row.hasRates()))
                .hasSize(97)
                .extracting(PriceRow::key)
                .contains("github_copilot/gpt-4o");
    }

    @Test
    void readsFiguresDigitByDigit() {
        assertThat(ShippedPrices.CATALOGUE
                        .row("deepgram/nova-3")
                        .orElseThrow()
                        .rates()
                        .get("input_cost_per_second"))
                .isEqualTo(new BigDecimal("0.00007167"));
    }

    @Test
    void refusesAFileThatIsCutShort() {
        String cut = ShippedPrices.TEXT.substring(0, ShippedPrices.TEXT.indexOf('\n', 5_000) + 1);

        assertThatThrownBy(() -> CatalogueFile.read(cut)).hasMessageContaining("announces 2976 rows and has");
    }
}
