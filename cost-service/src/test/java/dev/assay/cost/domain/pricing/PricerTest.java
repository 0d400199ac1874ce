package dev.assay.cost.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cost.domain.pricing.PricingOutcome.Priced;
import dev.assay.cost.domain.pricing.PricingOutcome.Unpriced;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricerTest {

    @ParameterizedTest(name = "{0} input tokens at {1} cost {2}")
    @CsvSource({
        "200000, standard, 0.2", // at the threshold: 200,000 x 0.000001
        "200001, standard, 0.400002", // above it the whole call: 200,001 x 0.000002
        "200001, priority, 0.600003", // the tier's own long-context rate
        "200001, flex, 0.400002", // no long-context rate for flex: the plain long-context rate
        "200000, flex, 0.1",
        "200000, batch, 0.2", // no batch rate at all: the base rate
        "     1, default, 0.000001", // the provider's word for standard
    })
    void choosesTheRateByContextAndTier(long inputTokens, String tier, String expected) {
        RateCard card = card(
                "input_cost_per_token", "0.000001",
                "input_cost_per_token_flex", "0.0000005",
                "input_cost_per_token_above_200k_tokens", "0.000002",
                "input_cost_per_token_above_200k_tokens_priority", "0.000003");

        assertThat(cost(card, Usage.builder().inputTokens(inputTokens).serviceTier(ServiceTier.of(tier))))
                .isEqualTo(expected);
    }

    @Test
    void takesTheHighestThresholdThatIsExceededAndKnown() {
        RateCard card = card(
                "input_cost_per_token", "1",
                "input_cost_per_token_above_128k_tokens", "2",
                "input_cost_per_token_above_256k_tokens", "3",
                "output_cost_per_token", "10",
                "output_cost_per_token_above_128k_tokens", "20");

        assertThat(cost(card, Usage.builder().inputTokens(256_001).outputTokens(1)))
                .isEqualTo("768023"); // 256,001 x 3 + 20: the output has no rate above 256k, so the one above 128k
    }

    @ParameterizedTest(name = "{0} input tokens are in the band of {1}")
    @CsvSource({"0, 1", "1, 1", "32000, 1", "32001, 2", "128000, 2", "128001, 3", "999999999, 3"})
    void choosesTheBandOfTheWholeInput(long inputTokens, String outputRate) {
        PriceRow row = new PriceRow(
                "m",
                "p",
                "chat",
                Map.of(),
                List.of(band(0, 32_000, "1"), band(32_000, 128_000, "2"), band(128_000, 252_000, "3")),
                Map.of(),
                "");

        Priced priced = (Priced) Pricer.price(
                RateCard.of(row),
                Usage.builder().inputTokens(inputTokens).outputTokens(1).build());

        assertThat(priced.charges())
                .filteredOn(charge -> charge.chargeClass() == ChargeClass.OUTPUT_TEXT)
                .singleElement()
                .satisfies(charge -> assertThat(charge.unitPrice()).isEqualByComparingTo(outputRate));
    }

    @Test
    void countsCachedTokensTowardsTheThreshold() {
        RateCard card = card(
                "input_cost_per_token", "2",
                "input_cost_per_token_above_200k_tokens", "4",
                "cache_read_input_token_cost", "1");

        assertThat(cost(card, Usage.builder().inputTokens(200_001).cacheReadTokens(200_000)))
                .isEqualTo("200004"); // one token at 4; the cache has no long-context rate: 200,000 at 1
    }

    @ParameterizedTest(name = "a missing {0} rate is replaced by {1}")
    @CsvSource({
        "CACHE_READ, input_cost_per_token",
        "CACHE_WRITE_5M, input_cost_per_token",
        "CACHE_WRITE_1H, cache_creation_input_token_cost",
        "INPUT_AUDIO, input_cost_per_token",
        "INPUT_IMAGE, input_cost_per_token",
        "REASONING, output_cost_per_token",
        "OUTPUT_AUDIO, output_cost_per_token",
        "OUTPUT_IMAGE, output_cost_per_token",
    })
    void neverTakesAMissingRateForZero(ChargeClass chargeClass, String standIn) {
        RateCard card = card(standIn, "0.25");

        assertThat(card.prices(1, ServiceTier.STANDARD).get(chargeClass))
                .isEqualTo(new UnitPrice(standIn, new BigDecimal("0.25")));
    }

    @Test
    void billsOverlappingAndOverlongPartsOnce() {
        RateCard card = card(
                "input_cost_per_token", "1",
                "cache_read_input_token_cost", "0.1",
                "input_cost_per_audio_token", "10");

        assertThat(cost(
                        card,
                        Usage.builder().inputTokens(1000).cacheReadTokens(900).inputAudioTokens(950)))
                .isEqualTo("1090"); // 900 cached, of which audio too; the other 100 are audio
        assertThat(cost(card, Usage.builder().inputTokens(10).cacheReadTokens(200)))
                .isEqualTo("20"); // more cached than all: the total left the cache out
    }

    @Test
    void reasoningAtTheOutputRateFollowsTheOutputsTiers() {
        RateCard same = card(
                "output_cost_per_token", "4",
                "output_cost_per_reasoning_token", "4",
                "output_cost_per_token_flex", "2");
        RateCard own = card(
                "output_cost_per_token", "4",
                "output_cost_per_reasoning_token", "3",
                "output_cost_per_token_flex", "2");
        UsageBuilder flex = Usage.builder().outputTokens(10).reasoningTokens(10).serviceTier(ServiceTier.FLEX);

        assertThat(cost(same, flex)).isEqualTo("20");
        assertThat(cost(own, flex)).isEqualTo("30");
    }

    @Test
    void upliftsMultiplyWhatTheyName() {
        RateCard card = card(
                "input_cost_per_token", "1",
                "search_context_cost_per_query.search_context_size_medium", "5",
                "regional_processing_uplift_multiplier_eu", "1.1",
                "provider_specific_entry.us", "1.2",
                "provider_specific_entry.fast", "6");
        UsageBuilder usage = Usage.builder().inputTokens(10).webSearches(1);

        assertThat(cost(card, usage)).isEqualTo("15");
        assertThat(cost(card, usage.region("EU"))).isEqualTo("16.5"); // the whole cost
        assertThat(cost(card, usage.region("us"))).isEqualTo("17"); // tokens alone
        assertThat(cost(card, usage.fast(true))).isEqualTo("77"); // 10 x 1.2 x 6 + 5
        assertThat(cost(card, usage.region("mars").fast(false))).isEqualTo("15");
    }

    @Test
    void billsAPictureByTokensOrByThePiece() {
        RateCard byToken = card(
                "output_cost_per_token", "1",
                "output_cost_per_image_token", "10",
                "output_cost_per_image", "100");
        RateCard byPiece = card("output_cost_per_token", "1", "output_cost_per_image", "100");
        UsageBuilder usage =
                Usage.builder().outputTokens(30).outputImageTokens(20).images(1);

        assertThat(cost(byToken, usage)).isEqualTo("210"); // 10 text, 20 image tokens
        assertThat(cost(byPiece, usage)).isEqualTo("110"); // 10 text, one picture
    }

    @Test
    void billsTheUnitsThatACardPrices() {
        assertThat(cost(
                        card("input_cost_per_request", "0.005", "output_cost_per_token", "1"),
                        Usage.builder().outputTokens(2)))
                .isEqualTo("2.005");
        assertThat(cost(card("ocr_cost_per_page", "0.004"), Usage.builder().pages(3)))
                .isEqualTo("0.012");
        assertThat(cost(
                        card("input_cost_per_second", "0.0001"),
                        Usage.builder().inputSeconds(new BigDecimal("61.5")).outputTokens(80)))
                .isEqualTo("0.00615"); // speech by the second does not bill its words
        assertThat(cost(
                        card("input_cost_per_token", "1", "input_cost_per_character", "1"),
                        Usage.builder().inputTokens(5).inputCharacters(20)))
                .isEqualTo("5"); // the same text is not billed twice
    }

    @Test
    void takesARerankWithoutACountForOneQuery() {
        PriceRow row = new PriceRow(
                "rerank",
                "cohere",
                "rerank",
                Map.of("input_cost_per_query", new BigDecimal("0.002"), "input_cost_per_token", BigDecimal.ZERO),
                List.of(),
                Map.of(),
                "");

        assertThat(cost(RateCard.of(row), Usage.builder().inputTokens(100))).isEqualTo("0.002");
    }

    @Test
    void saysWhatItHasNoRateFor() {
        assertThat(Pricer.price(
                        card("input_cost_per_token", "1"),
                        usage(Usage.builder().inputTokens(1).outputTokens(1))))
                .isEqualTo(new Unpriced(UnpricedReason.NO_RATE_FOR_CLASS, "output_text"));
        assertThat(Pricer.price(
                        card("input_cost_per_token", "1"),
                        usage(Usage.builder().inputTokens(1).webSearches(1))))
                .isEqualTo(new Unpriced(UnpricedReason.NO_RATE_FOR_CLASS, "web_searches"));
        assertThat(Pricer.price(
                        card("input_cost_per_pixel", "1"), usage(Usage.builder().images(1))))
                .isEqualTo(new Unpriced(UnpricedReason.NO_RATE_FOR_CLASS, "images"));
        assertThat(Pricer.price(card(), usage(Usage.builder().inputTokens(1))))
                .isEqualTo(new Unpriced(UnpricedReason.NO_RATES, "test-model"));
    }

    @Test
    void leavesARateByNumberOfResultsUndecided() {
        PriceRow row = new PriceRow(
                "exa/search",
                "exa",
                "search",
                Map.of(),
                List.of(new PriceRow.Band("max_results", 0, 25, Map.of("input_cost_per_query", BigDecimal.ONE))),
                Map.of(),
                "");

        assertThat(Pricer.price(RateCard.of(row), usage(Usage.builder().queries(1))))
                .isEqualTo(new Unpriced(UnpricedReason.RATE_UNDECIDABLE, "exa/search"));
    }

    @Test
    void usingNothingCostsNothing() {
        assertThat(Pricer.price(card("input_cost_per_token", "1"), usage(Usage.builder())))
                .isEqualTo(new Priced(List.of(), BigDecimal.ZERO));
    }

    static RateCard card(String... namesAndRates) {
        Map<String, BigDecimal> rates = new HashMap<>();
        for (int i = 0; i < namesAndRates.length; i += 2) {
            rates.put(namesAndRates[i], new BigDecimal(namesAndRates[i + 1]));
        }
        return RateCard.of(PriceRow.of("test-model", "test", rates));
    }

    private static Usage usage(UsageBuilder builder) {
        return builder.build();
    }

    private static String cost(RateCard card, UsageBuilder usage) {
        return Decimals.text(((Priced) Pricer.price(card, usage.build())).listCost());
    }

    private static PriceRow.Band band(long from, long to, String outputRate) {
        return new PriceRow.Band(
                "input_tokens",
                from,
                to,
                Map.of("input_cost_per_token", BigDecimal.ONE, "output_cost_per_token", new BigDecimal(outputRate)));
    }
}
