package dev.assay.cost.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.cost.app.BudgetSpend.Delta;
import dev.assay.cost.domain.budget.Budget;
import dev.assay.cost.domain.budget.BudgetBook;
import dev.assay.cost.domain.budget.BudgetFilter;
import dev.assay.cost.domain.budget.BudgetPeriod;
import dev.assay.cost.domain.spend.Contribution;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetSpendTest {
    private static final Instant NOON = Instant.parse("2026-11-25T12:00:00Z");
    private static final Budget SHOP = budget(BudgetPeriod.MONTH, Map.of("app", List.of("shop")), "2026-11-01");
    private static final Budget DAILY = budget(BudgetPeriod.DAY, Map.of(), "2026-11-25");

    @Test
    void countsACallInEveryBudgetThatItIsPaidOutOf() {
        Delta delta = new Delta(new BudgetBook(List.of(SHOP, DAILY)));
        delta.add("t", call("shop", NOON, "0.25"), 1);
        delta.add("t", call("help", NOON, "0.5"), 1);
        delta.add("t", call("shop", NOON, null), 1);
        delta.add("other", call("shop", NOON, "9"), 1);

        assertThat(delta.changes())
                .hasSize(2)
                .containsEntry(
                        new BudgetSpend.Key("t", SHOP.id(), LocalDate.parse("2026-11-01")),
                        new BudgetSpend.Change(new BigDecimal("0.25"), 1))
                .containsEntry(
                        new BudgetSpend.Key("t", DAILY.id(), LocalDate.parse("2026-11-25")),
                        new BudgetSpend.Change(new BigDecimal("0.75"), 1));
    }

    @Test
    void leavesOutPeriodsBeforeTheBudgetWasMade() {
        Delta delta = new Delta(new BudgetBook(List.of(DAILY)));
        delta.add("t", call("shop", Instant.parse("2026-11-24T23:59:59.999999Z"), "1"), 1);
        assertThat(delta.changes()).isEmpty();
        delta.add("t", call("shop", Instant.parse("2026-11-25T00:00:00Z"), "1"), 1);
        assertThat(delta.changes()).hasSize(1);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whatIsTakenBackLeavesNothingInAnyOrder(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Contribution> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            @Nullable
            String cost = random.nextInt(5) == 0
                    ? null
                    : BigDecimal.valueOf(random.nextLong(1_000_000), 9).toPlainString();
            calls.add(call(random.nextBoolean() ? "shop" : "help", NOON.plusSeconds(random.nextInt(200_000)), cost));
        }
        Delta delta = new Delta(new BudgetBook(List.of(SHOP, DAILY)));
        calls.forEach(call -> delta.add("t", call, 1));
        assertThat(Map.copyOf(delta.changes())).isNotEmpty();
        java.util.Collections.shuffle(calls, new java.util.Random(seed));
        calls.forEach(call -> delta.add("t", call, -1));
        assertThat(delta.changes()).isEmpty();
    }

    private static Contribution call(String app, Instant start, @Nullable String cost) {
        return new Contribution(
                Dimensions.newBuilder().setApp(app).build(),
                start.getEpochSecond() * 1_000_000 + start.getNano() / 1000,
                null,
                100,
                cost == null ? null : new BigDecimal(cost),
                null);
    }

    private static Budget budget(BudgetPeriod period, Map<String, List<String>> filter, String first) {
        return new Budget(
                UUID.nameUUIDFromBytes(period.label().getBytes()),
                "t",
                period.label(),
                BigDecimal.TEN,
                "USD",
                period,
                ZoneId.of("UTC"),
                true,
                new BudgetFilter(filter, null, null),
                List.of(),
                LocalDate.parse(first));
    }
}
