package dev.assay.cost.domain.pricing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cost.domain.pricing.CatalogueDiff.RateChange;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CatalogueDiffTest {
    @Test
    void tellsWhatCameWentAndChanged() {
        CatalogueDiff diff = CatalogueDiff.of(
                List.of(row("a", "0.10"), row("b", "1"), row("c", "2")),
                List.of(row("d", "3"), row("c", "2.5"), row("a", "0.1")));

        assertThat(diff.added()).containsExactly("d");
        assertThat(diff.removed()).containsExactly("b");
        assertThat(diff.changed()).singleElement().satisfies(change -> {
            assertThat(change.key()).isEqualTo("c");
            assertThat(change.rates())
                    .containsExactly(Map.entry(
                            "input_cost_per_token", new RateChange(new BigDecimal("2"), new BigDecimal("2.5"))));
        });
    }

    @Test
    void seesBandsAndRatesThatGoAway() {
        PriceRow banded = new PriceRow(
                "a",
                "x",
                "chat",
                Map.of(),
                List.of(new PriceRow.Band("input_tokens", 0, 128, Map.of("r", BigDecimal.ONE))),
                Map.of(),
                "");

        assertThat(CatalogueDiff.of(List.of(row("a", "1")), List.of(banded))
                        .changed()
                        .get(0)
                        .rates())
                .containsExactly(
                        Map.entry("input_cost_per_token", new RateChange(BigDecimal.ONE, null)),
                        Map.entry("r[0-128]", new RateChange(null, BigDecimal.ONE)));
    }

    @Test
    void isTheMirrorImageTheOtherWayRound() {
        for (int seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            List<PriceRow> one = rows(random);
            List<PriceRow> other = rows(random);
            CatalogueDiff there = CatalogueDiff.of(one, other);
            CatalogueDiff back = CatalogueDiff.of(other, one);

            assertThat(there.added()).as("seed %d", seed).isEqualTo(back.removed());
            assertThat(there.removed()).as("seed %d", seed).isEqualTo(back.added());
            assertThat(there.changed())
                    .as("seed %d", seed)
                    .extracting(CatalogueDiff.Change::key)
                    .isEqualTo(back.changed().stream()
                            .map(CatalogueDiff.Change::key)
                            .toList());
            assertThat(CatalogueDiff.of(one, one))
                    .as("seed %d", seed)
                    .isEqualTo(new CatalogueDiff(List.of(), List.of(), List.of()));
        }
    }

    private static List<PriceRow> rows(Random random) {
        List<PriceRow> rows = new ArrayList<>();
        for (char key = 'a'; key < 'h'; key++) {
            if (random.nextBoolean()) {
                rows.add(row(String.valueOf(key), String.valueOf(random.nextInt(3))));
            }
        }
        return rows;
    }

    private static PriceRow row(String key, String rate) {
        return PriceRow.of(key, "x", Map.of("input_cost_per_token", new BigDecimal(rate)));
    }
}
