package dev.assay.cost.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cost.domain.pricing.PricingOutcome.Priced;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every row of the shipped catalogue and any usage. */
class PricerPropertiesTest {
    private static final int CALLS = 20_000;
    private static final List<PriceRow> ROWS = ShippedPrices.CATALOGUE.rows().stream()
            .filter(PriceRow::hasRates)
            .sorted(Comparator.comparing(PriceRow::key))
            .toList();

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void isNeverNegativeAndAddsUp(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int priced = 0;
        for (int i = 0; i < CALLS; i++) {
            if (Pricer.price(card(random), randomUsage(random).build()) instanceof Priced bill) {
                priced++;
                BigDecimal sum = BigDecimal.ZERO;
                for (Charge charge : bill.charges()) {
                    assertThat(charge.amount().signum()).isNotNegative();
                    assertThat(charge.amount())
                            .isEqualByComparingTo(charge.quantity().multiply(charge.unitPrice()));
                    sum = sum.add(charge.amount());
                }
                assertThat(bill.listCost()).isEqualByComparingTo(sum);
            }
        }
        assertThat(priced).isGreaterThan(CALLS / 2);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {4, 5, 6})
    void isAdditiveOverDisjointClasses(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CALLS; i++) {
            RateCard card = card(random);
            if (card.row().rates().containsKey("input_cost_per_request")
                    || card.row().rates().containsKey("input_cost_per_query")) {
                continue; // billed by the call as such, so two calls cost more than one
            }
            // inside one context segment: splitting a long call in two may bring it under a threshold
            UsageBuilder input = Usage.builder().inputTokens(random.nextLong(1, 30_000));
            long outputTokens = random.nextLong(1, 30_000);
            PricingOutcome both =
                    Pricer.price(card, copy(input).outputTokens(outputTokens).build());
            PricingOutcome inputAlone = Pricer.price(card, input.build());
            PricingOutcome outputAlone = Pricer.price(
                    card, Usage.builder().outputTokens(outputTokens).build());
            if (both instanceof Priced b && inputAlone instanceof Priced x && outputAlone instanceof Priced y) {
                assertThat(b.listCost()).isEqualByComparingTo(x.listCost().add(y.listCost()));
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {7, 8, 9})
    void growsWithEachClassInsideAContextSegment(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < CALLS; i++) {
            RateCard card = card(random);
            long read = random.nextLong(0, 10_000);
            long text = random.nextLong(0, 10_000);
            long more = random.nextLong(1, 10_000);
            long output = random.nextLong(0, 5_000);
            PricingOutcome before = Pricer.price(card, tokens(text, read, output));
            assertNotCheaper(Pricer.price(card, tokens(text + more, read, output)), before);
            assertNotCheaper(Pricer.price(card, tokens(text, read + more, output)), before);
            assertNotCheaper(Pricer.price(card, tokens(text, read, output + more)), before);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {10, 11})
    void doesNotDependOnTheOrderOfCalls(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<BigDecimal> costs = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            if (Pricer.price(card(random), randomUsage(random).build()) instanceof Priced bill) {
                costs.add(bill.listCost());
            }
        }
        BigDecimal inOrder = costs.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        Collections.shuffle(costs, new Random(seed));
        assertThat(costs.stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(inOrder);
    }

    private static void assertNotCheaper(PricingOutcome after, PricingOutcome before) {
        if (after instanceof Priced a && before instanceof Priced b) {
            assertThat(a.listCost()).isGreaterThanOrEqualTo(b.listCost());
        }
    }

    private static RateCard card(SplittableRandom random) {
        return ShippedPrices.CATALOGUE.card(ROWS.get(random.nextInt(ROWS.size())));
    }

    private static Usage tokens(long text, long read, long output) {
        return Usage.builder()
                .inputTokens(text + read)
                .cacheReadTokens(read)
                .outputTokens(output)
                .build();
    }

    private static UsageBuilder copy(UsageBuilder input) {
        return Usage.builder().inputTokens(input.build().inputTokens());
    }

    private static UsageBuilder randomUsage(SplittableRandom random) {
        UsageBuilder usage = Usage.builder()
                .inputTokens(some(random, 600_000))
                .cacheReadTokens(some(random, 200_000))
                .cacheWrite5mTokens(some(random, 50_000))
                .cacheWrite1hTokens(some(random, 50_000))
                .inputAudioTokens(some(random, 5_000))
                .inputImageTokens(some(random, 5_000))
                .outputTokens(some(random, 100_000))
                .reasoningTokens(some(random, 50_000))
                .outputAudioTokens(some(random, 5_000))
                .outputImageTokens(some(random, 5_000))
                .citationTokens(some(random, 5_000))
                .serviceTier(ServiceTier.values()[random.nextInt(4)])
                .region(random.nextInt(4) == 0 ? "us" : "")
                .fast(random.nextInt(8) == 0);
        if (random.nextInt(4) == 0) {
            usage.inputSeconds(BigDecimal.valueOf(random.nextLong(100_000), 3))
                    .inputCharacters(random.nextLong(5_000))
                    .images(random.nextLong(4));
        }
        return usage;
    }

    /** Often nothing, as real calls seldom use everything. */
    private static long some(SplittableRandom random, long bound) {
        return random.nextInt(3) == 0 ? random.nextLong(bound) : 0;
    }
}
