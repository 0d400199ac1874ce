package dev.assay.cost.catalogue;

import dev.assay.cost.domain.pricing.PriceRow;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A list of prices from outside, checked before any of its figures is written out. */
public final class ImportedPriceList {
    private static final int MOST_MODELS = 20_000;
    private static final int MAX_NAME = 200;
    private static final int MAX_SCALE = 30;
    private static final BigDecimal MAX_RATE = BigDecimal.valueOf(1_000_000);

    private ImportedPriceList() {}

    /**
     * The catalogue file's text for a list in LiteLLM's format.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static String catalogue(String priceList, String version, Instant effectiveFrom, String source) {
        List<PriceRow> rows;
        try {
            rows = LiteLlmPriceList.read(priceList);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("the bounds of tiered_pricing must be whole numbers", e);
        }
        if (rows.isEmpty() || rows.size() > MOST_MODELS) {
            throw new IllegalArgumentException("the list must have 1 to " + MOST_MODELS
                    + " models with a mode, by their names, got: " + rows.size());
        }
        rows.forEach(ImportedPriceList::check);
        CatalogueHeader header = new CatalogueHeader(
                CatalogueFile.FORMAT, version, effectiveFrom.toString(), "USD", source, "as imported", rows.size());
        return CatalogueFile.write(header, rows);
    }

    private static void check(PriceRow row) {
        if (row.key().isBlank()
                || row.key().length() > MAX_NAME
                || row.key().chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a model's name must have 1 to " + MAX_NAME + " characters and no control characters");
        }
        check(row.key(), row.rates());
        row.bands().forEach(band -> check(row.key(), band.rates()));
    }

    private static void check(String key, Map<String, BigDecimal> rates) {
        rates.forEach((name, rate) -> {
            // the scale first: 1E999999999 must not be written out
            if (Math.abs(rate.scale()) > MAX_SCALE || rate.compareTo(MAX_RATE) > 0) {
                throw new IllegalArgumentException(
                        "rates of " + key + " must be 0 to " + MAX_RATE + " with at most " + MAX_SCALE + " decimals");
            }
        });
    }
}
