package dev.assay.cost.domain.pricing;

import dev.assay.cost.catalogue.CatalogueFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The catalogue that ships with the service, read once for all tests. */
public final class ShippedPrices {
    public static final String RESOURCE = "/prices/catalogue-2026-08-01.jsonl";
    public static final String TEXT = readText();
    public static final PriceCatalogue CATALOGUE = CatalogueFile.read(TEXT);

    private ShippedPrices() {}

    private static String readText() {
        try (InputStream in = ShippedPrices.class.getResourceAsStream(RESOURCE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
