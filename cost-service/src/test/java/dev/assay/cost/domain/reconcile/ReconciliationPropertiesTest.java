package dev.assay.cost.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cost.domain.reconcile.Reconciliation.Group;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for any bill and any ledger. */
class ReconciliationPropertiesTest {
    private static final int ROUNDS = 2_000;
    private static final LocalDate FIRST = LocalDate.parse("2026-03-01");
    private static final List<String> MODELS = List.of("gpt-4o", "GPT-4o-2024-08-06", "openai/o3", "o3", "");

    @Test
    void causesAddUpToTheDifferenceToTheLastDigit() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Case one = new Case(new Random(seed));
            Reconciliation result = one.result();

            for (Group group : result.groups()) {
                Split split = group.split();
                assertThat(sum(split.causes().values()).add(split.unexplained()))
                        .as("seed %d", seed)
                        .isEqualByComparingTo(split.billed().subtract(split.computed()));
            }
            assertThat(result.total().billed())
                    .as("seed %d", seed)
                    .isEqualByComparingTo(
                            sum(one.lines.stream().map(BilledLine::amount).toList()));
            assertThat(result.total().computed())
                    .as("seed %d", seed)
                    .isEqualByComparingTo(
                            sum(one.atImport.stream().map(ComputedCost::cost).toList()));
        }
    }

    @Test
    void theOrderOfLinesAndCallsDoesNotMatter() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Case one = new Case(new Random(seed));
            Reconciliation before = one.result();
            Random order = new Random(seed);
            Collections.shuffle(one.lines, order);
            Collections.shuffle(one.atImport, order);
            Collections.shuffle(one.now, order);

            assertThat(text(one.result())).as("seed %d", seed).isEqualTo(text(before));
        }
    }

    @Test
    void estimatesNeverTurnTheSignOfWhatIsLeft() {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Case one = new Case(new Random(seed));
            for (Group group : one.result().groups()) {
                BigDecimal unpriced = group.split().causes().getOrDefault(Cause.UNPRICED, BigDecimal.ZERO);
                if (unpriced.signum() != 0) {
                    assertThat(unpriced.signum()).as("seed %d", seed).isPositive();
                    assertThat(group.split().unexplained().signum())
                            .as("seed %d", seed)
                            .isNotNegative();
                }
            }
        }
    }

    private static String text(Reconciliation result) {
        StringBuilder text = new StringBuilder();
        for (Group group : result.groups()) {
            Split split = group.split();
            text.append(group.day())
                    .append(group.provider())
                    .append(group.model())
                    .append(group.calls());
            split.causes()
                    .forEach((cause, amount) -> text.append(cause)
                            .append(amount.stripTrailingZeros().toPlainString()));
            text.append(split.unexplained().stripTrailingZeros().toPlainString())
                    .append('\n');
        }
        return text.toString();
    }

    private static BigDecimal sum(Iterable<BigDecimal> amounts) {
        BigDecimal sum = BigDecimal.ZERO;
        for (BigDecimal amount : amounts) {
            sum = sum.add(amount);
        }
        return sum;
    }

    /** A random bill and ledger over three days, two providers and a few spellings of models. */
    private static final class Case {
        private final List<BilledLine> lines = new ArrayList<>();
        private final List<ComputedCost> atImport = new ArrayList<>();
        private final List<ComputedGroup> now = new ArrayList<>();
        private final Random random;

        Case(Random random) {
            this.random = random;
            for (int i = random.nextInt(30); i > 0; i--) {
                lines.add(line());
            }
            for (int i = random.nextInt(10); i > 0; i--) {
                atImport.add(new ComputedCost(day(), provider(), model(), amount()));
            }
            for (int i = random.nextInt(10); i > 0; i--) {
                now.add(computed());
            }
        }

        Reconciliation result() {
            return Reconciliation.of(lines, atImport, now);
        }

        private BilledLine line() {
            ChargeKind kind = ChargeKind.values()[random.nextInt(3)];
            BigDecimal amount = kind == ChargeKind.CREDIT ? amount().negate() : amount();
            String model = random.nextInt(8) == 0 ? null : model();
            Cell cell = new Cell(pick(BilledTier.values()), pick(BilledPart.values()));
            return BilledLine.of(day(), provider(), model, kind, cell, amount, amount.scale());
        }

        private ComputedGroup computed() {
            Map<Cell, BigDecimal> costs = new HashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                BilledTier tier = random.nextBoolean() ? BilledTier.STANDARD : BilledTier.OTHER;
                costs.put(new Cell(tier, BilledPart.values()[random.nextInt(4)]), amount());
            }
            long calls = 1 + random.nextInt(5);
            long unpriced = random.nextInt((int) calls + 1);
            return new ComputedGroup(
                    day(), provider(), model(), calls, unpriced, random.nextInt(500), random.nextInt(500), costs);
        }

        private LocalDate day() {
            return FIRST.plusDays(random.nextInt(3));
        }

        private String provider() {
            return random.nextBoolean() ? "openai" : "azure";
        }

        private String model() {
            return MODELS.get(random.nextInt(MODELS.size()));
        }

        private BigDecimal amount() {
            return BigDecimal.valueOf(random.nextInt(1_000_000), 2 + random.nextInt(10));
        }

        private <T> T pick(T[] values) {
            return values[random.nextInt(values.length)];
        }
    }
}
