package dev.assay.cost.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cost.domain.pricing.PricingOutcome.Priced;
import dev.assay.cost.domain.pricing.PricingOutcome.Unpriced;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures by their pixels, and seconds of speech and film. */
class UnitPricesTest {

    @ParameterizedTest(name = "{0} pictures of {1} cost {2}")
    @CsvSource({
        "1, 1024-x-1024/dall-e-2,            0.019922944", // 1,048,576 x 0.000000019
        "3, 1024-x-1024/dall-e-2,            0.059768832",
        "1, hd/1024-x-1792/dall-e-3,         0.11999117312", // 1,835,008 x 0.00000006539
        "2, high/1024-x-1024/gpt-image-1,    0.334", // by the piece where the row has such a price
    })
    void aPictureCostsItsPixelsWhereTheKeyNamesItsSize(long pictures, String key, BigDecimal cost) {
        assertThat(price(key, Usage.builder().images(pictures).build()))
                .isInstanceOfSatisfying(
                        Priced.class, bill -> assertThat(bill.listCost()).isEqualByComparingTo(cost));
    }

    @Test
    void aPictureOfUnknownSizeIsUnpricedByThePixel() {
        assertThat(price(
                        "nscale/black-forest-labs/FLUX.1-schnell",
                        Usage.builder().images(1).build()))
                .isEqualTo(new Unpriced(UnpricedReason.NO_RATE_FOR_CLASS, "images"));
    }

    @Test
    void speechIsBilledOnceWhicheverSideNamesThePrice() {
        Usage minute = Usage.builder().inputSeconds(new BigDecimal("60")).build();
        assertThat(price("soniox/stt-async-v5", minute)).isInstanceOfSatisfying(Priced.class, bill -> {
            assertThat(bill.listCost()).isEqualByComparingTo("0.0016666680");
            assertThat(bill.charges()).extracting(Charge::rate).containsExactly("output_cost_per_second");
        });
        assertThat(price("whisper-1", minute))
                .isInstanceOfSatisfying(
                        Priced.class, bill -> assertThat(bill.listCost()).isEqualByComparingTo("0.006"));
    }

    @Test
    void secondsAreNotGuessedToBeAudioOrFilm() {
        Usage minute = Usage.builder().inputSeconds(new BigDecimal("60")).build();
        assertThat(price("gemini-embedding-2", minute))
                .isInstanceOfSatisfying(
                        Unpriced.class,
                        unpriced -> assertThat(unpriced.reason()).isEqualTo(UnpricedReason.RATE_UNDECIDABLE));
        PriceRow same = new PriceRow(
                "k",
                "p",
                "embedding",
                Map.of(
                        "input_cost_per_audio_per_second", new BigDecimal("0.01"),
                        "input_cost_per_video_per_second", new BigDecimal("0.01")),
                List.of(),
                Map.of(),
                "");
        assertThat(Pricer.price(RateCard.of(same), minute)).isInstanceOf(Priced.class);
    }

    private static PricingOutcome price(String key, Usage usage) {
        PriceRow row = ShippedPrices.CATALOGUE.row(key).orElseThrow();
        return Pricer.price(ShippedPrices.CATALOGUE.card(row), usage);
    }
}
