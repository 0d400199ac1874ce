package dev.assay.cost.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cost.domain.pricing.ShippedPrices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

/** Against the published price list itself, which is not ours to ship: run with {@code -Dassay.data=DIR}. */
class PublicPricesDataCheck {
    private static final Path PRICES = Path.of(System.getProperty("assay.data"), "prices");

    @Test
    void theShippedCatalogueIsWhatTheListGives() throws IOException {
        String list = Files.readString(PRICES.resolve("litellm-model-prices.json"));

        assertThat(GenerateCatalogue.generate(list, LocalDate.parse("2026-08-01")))
                .isEqualTo(ShippedPrices.TEXT);
    }
}
