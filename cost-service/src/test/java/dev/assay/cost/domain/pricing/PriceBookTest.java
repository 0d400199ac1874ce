package dev.assay.cost.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceBookTest {
    private static final PriceCatalogue AUGUST = catalogue("2026-08-01", "1");
    private static final PriceCatalogue OCTOBER = catalogue("2026-10-01", "2");

    @ParameterizedTest(name = "at {0}: {1} of version {2}, assumed {3}")
    @CsvSource({
        "2020-01-01T00:00:00Z,       1, 2026-08-01, true", // the first version holds for all earlier time
        "2026-07-31T23:59:59.999Z,   1, 2026-08-01, true",
        "2026-08-01T00:00:00Z,       1, 2026-08-01, false",
        "2026-09-30T23:59:59.999Z,   1, 2026-08-01, false",
        "2026-10-01T00:00:00Z,       2, 2026-10-01, false",
    })
    void pricesByWhatHeldWhenTheCallHappened(Instant at, String rate, String version, boolean assumed) {
        PriceBook book = new PriceBook(List.of(OCTOBER, AUGUST), List.of());

        Quote quote = book.quote("t", "shop", "m", "", at).orElseThrow();

        assertThat(rate(quote)).isEqualTo(rate);
        assertThat(quote.version()).isEqualTo(version);
        assertThat(quote.assumed()).isEqualTo(assumed);
    }

    @ParameterizedTest(name = "{0} calling {2} of {1} at {3}: {4}")
    @CsvSource({
        "acme,  shop,  m,  2026-09-01T00:00:00Z, 7",
        "acme,  shop,  m,  2026-08-31T23:59:59Z, 1", // before its date
        "acme,  shop,  m,  2026-11-01T00:00:00Z, 8", // the later of its own prices
        "other, shop,  m,  2026-09-01T00:00:00Z, 1", // another project's price
        "acme,  kiosk, m,  2026-09-01T00:00:00Z, 1", // another seller: falls to the catalogue, by name
    })
    void prefersTheProjectsOwnPrice(String tenant, String provider, String model, Instant at, String rate) {
        PriceBook book = new PriceBook(
                List.of(AUGUST),
                List.of(override("1", "2026-09-01T00:00:00Z", "7"), override("2", "2026-11-01T00:00:00Z", "8")));

        assertThat(book.quote(tenant, provider, model, "", at).map(PriceBookTest::rate))
                .hasValue(rate);
    }

    @Test
    void knowsNoPriceForAnUnknownModel() {
        PriceBook book = new PriceBook(List.of(AUGUST), List.of());

        assertThat(book.quote("t", "shop", "unheard-of", "", Instant.EPOCH)).isEqualTo(Optional.empty());
    }

    private static String rate(Quote quote) {
        return quote.card()
                .row()
                .rates()
                .getOrDefault("input_cost_per_token", BigDecimal.ZERO)
                .toPlainString();
    }

    private static PriceCatalogue catalogue(String date, String rate) {
        return new PriceCatalogue(
                date,
                Instant.parse(date + "T00:00:00Z"),
                "USD",
                List.of(PriceRow.of("m", "shop", Map.of("input_cost_per_token", new BigDecimal(rate)))));
    }

    private static PriceOverride override(String id, String from, String rate) {
        return new PriceOverride(
                id,
                "acme",
                "shop",
                "m",
                Instant.parse(from),
                "USD",
                RateCard.of(PriceRow.of("m", "shop", Map.of("input_cost_per_token", new BigDecimal(rate)))));
    }
}
