package dev.assay.cost.domain.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cost.domain.reconcile.Reconciliation.Group;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReconciliationTest {
    private static final LocalDate DAY = LocalDate.parse("2026-03-02");
    private static final Cell WHOLE = new Cell(BilledTier.UNKNOWN, BilledPart.UNKNOWN);
    private static final Cell INPUT = new Cell(BilledTier.STANDARD, BilledPart.INPUT);
    private static final Cell CACHE = new Cell(BilledTier.STANDARD, BilledPart.CACHE);
    private static final Cell BATCH_INPUT = new Cell(BilledTier.OTHER, BilledPart.INPUT);

    @Test
    void explainsNothingWhereNothingDiffers() {
        Reconciliation result = Reconciliation.of(
                List.of(usage("gpt-4o", WHOLE, "5")),
                List.of(atImport("5")),
                List.of(ledger(2, 0, Map.of(INPUT, "5"))));

        assertThat(result.total().causes()).isEmpty();
        assertThat(result.total().unexplained()).isZero();
        assertThat(result.unexplainedRatio()).isNull();
    }

    @Test
    void callsAfterTheImportWereLate() {
        Split split =
                only(List.of(usage("gpt-4o", WHOLE, "5")), List.of(atImport("3")), ledger(2, 0, Map.of(INPUT, "5")));

        assertThat(split.difference()).isEqualByComparingTo("2");
        assertCauses(split, Map.of(Cause.LATE, "2"), "0");
    }

    @Test
    void usageWithoutAnyCallNeverReachedTheLedger() {
        Reconciliation result = Reconciliation.of(List.of(usage("gpt-4o", WHOLE, "7")), List.of(), List.of());

        assertCauses(result.total(), Map.of(Cause.NOT_SEEN, "7"), "0");
    }

    @Test
    void callsThatAreNotBilledStayUnexplained() {
        Split split = only(List.of(usage("o3", WHOLE, "1")), List.of(), ledger(1, 0, Map.of(INPUT, "4")));

        // the model's calls came after the import, and no bill asks for them
        assertCauses(split, Map.of(Cause.LATE, "4"), "-4");
    }

    @Test
    void halfPriceOfBatchesIsTheTiers() {
        // 10 were priced as standard input; 4 of them were batches, and cost half
        Split split = only(
                List.of(usage("gpt-4o", INPUT, "6"), usage("gpt-4o", BATCH_INPUT, "2")),
                List.of(atImport("10")),
                ledger(9, 0, Map.of(INPUT, "10")));

        assertCauses(split, Map.of(Cause.TIER, "-2"), "0");
    }

    @Test
    void cachedInputThatWasPricedInFullIsTheCaches() {
        Split split = only(
                List.of(usage("gpt-4o", INPUT, "2"), usage("gpt-4o", CACHE, "0.8")),
                List.of(atImport("10")),
                ledger(9, 0, Map.of(INPUT, "10")));

        assertCauses(split, Map.of(Cause.CACHE, "-7.2"), "0");
    }

    @Test
    void cellsAreNotComparedWhereALineDoesNotTellThem() {
        Split split = only(
                List.of(usage("gpt-4o", INPUT, "2"), usage("gpt-4o", WHOLE, "0.8")),
                List.of(atImport("10")),
                ledger(9, 0, Map.of(INPUT, "10")));

        assertCauses(split, Map.of(), "-7.2");
    }

    @Test
    void unpricedCallsAreTakenToCostWhatThePricedOnesDo() {
        ComputedGroup now = new ComputedGroup(DAY, "openai", "gpt-4o", 4, 1, 300, 100, Map.of(INPUT, decimal("6")));
        Split split = only(List.of(usage("gpt-4o", WHOLE, "9")), List.of(atImport("6")), now);

        assertCauses(split, Map.of(Cause.UNPRICED, "2"), "1"); // 6 for 300 tokens
    }

    @Test
    void anEstimateNeverExplainsMoreThanThereIs() {
        ComputedGroup now = new ComputedGroup(DAY, "openai", "gpt-4o", 4, 1, 300, 900, Map.of(INPUT, decimal("6")));
        Split split = only(List.of(usage("gpt-4o", WHOLE, "9")), List.of(atImport("6")), now);

        assertCauses(split, Map.of(Cause.UNPRICED, "3"), "0");
    }

    @Test
    void wholeCentsLeaveHalfACentOpen() {
        List<BilledLine> cents = List.of(usage("gpt-4o", WHOLE, "0.06"));
        assertCauses(
                only(cents, List.of(atImport("0.0551")), ledger(1, 0, Map.of(INPUT, "0.0551"))),
                Map.of(Cause.ROUNDING, "0.0049"),
                "0");
        assertCauses(
                only(cents, List.of(atImport("0.0549")), ledger(1, 0, Map.of(INPUT, "0.0549"))), Map.of(), "0.0051");
        assertCauses(
                only(
                        List.of(usage("gpt-4o", WHOLE, "0.0600")),
                        List.of(atImport("0.0551")),
                        ledger(1, 0, Map.of(INPUT, "0.0551"))),
                Map.of(),
                "0.0049");
    }

    @Test
    void whatIsLeftOfBinaryFractionsIsRounding() {
        // 0.1 + 0.2 as a double, and written with all its digits
        assertCauses(
                only(
                        List.of(usage("gpt-4o", WHOLE, "0.30000000000000004")),
                        List.of(atImport("0.3")),
                        ledger(1, 0, Map.of(INPUT, "0.3"))),
                Map.of(Cause.ROUNDING, "0.00000000000000004"),
                "0");
    }

    @Test
    void creditsAndTaxesAreTheirOwnAndSpoilNoModel() {
        Reconciliation result = Reconciliation.of(
                List.of(
                        usage("gpt-4o-2024-08-06", WHOLE, "5"),
                        line(null, ChargeKind.CREDIT, WHOLE, "-2"),
                        line(null, ChargeKind.FEE, WHOLE, "0.95")),
                List.of(atImport("5")),
                List.of(ledger(2, 0, Map.of(INPUT, "5"))));

        assertThat(result.groups()).extracting(Group::model).containsExactly(null, "gpt-4o");
        assertCauses(result.total(), Map.of(Cause.CREDITS, "-2", Cause.TAXES_AND_FEES, "0.95"), "0");
    }

    @Test
    void aDayWithUsageOfNoModelIsOneGroup() {
        Reconciliation result = Reconciliation.of(
                List.of(usage("gpt-4o", WHOLE, "5"), usage(null, WHOLE, "1")),
                List.of(atImport("5")),
                List.of(ledger(2, 0, Map.of(INPUT, "5"))));

        assertThat(result.groups())
                .singleElement()
                .satisfies(group -> assertThat(group.model()).isNull());
        assertThat(result.total().difference()).isEqualByComparingTo("1");
    }

    @Test
    void surplusAndLackDoNotHideEachOther() {
        Reconciliation result = Reconciliation.of(
                List.of(usage("gpt-4o", WHOLE, "7"), usage("o3", WHOLE, "1")),
                List.of(atImport("5"), new ComputedCost(DAY, "openai", "o3", decimal("3"))),
                List.of(
                        ledger(2, 0, Map.of(INPUT, "5")),
                        new ComputedGroup(DAY, "openai", "o3", 1, 0, 1, 0, Map.of(INPUT, decimal("3")))));

        assertThat(result.total().unexplained()).isZero();
        assertThat(result.unexplainedRatio()).isEqualTo(1.0);
    }

    private static Split only(List<BilledLine> lines, List<ComputedCost> atImport, ComputedGroup now) {
        Reconciliation result = Reconciliation.of(lines, atImport, List.of(now));
        return result.groups().stream()
                .filter(group -> "gpt-4o".equals(group.model()))
                .findFirst()
                .orElseThrow()
                .split();
    }

    private static void assertCauses(Split split, Map<Cause, String> causes, String unexplained) {
        assertThat(split.causes()).hasSameSizeAs(causes);
        causes.forEach((cause, amount) ->
                assertThat(split.causes().get(cause)).as(cause.label()).isEqualByComparingTo(amount));
        assertThat(split.unexplained()).isEqualByComparingTo(unexplained);
    }

    private static BilledLine usage(@Nullable String model, Cell cell, String amount) {
        return line(model, ChargeKind.USAGE, cell, amount);
    }

    private static BilledLine line(@Nullable String model, ChargeKind kind, Cell cell, String amount) {
        return BilledLine.of(
                DAY,
                "openai",
                model,
                kind,
                cell,
                decimal(amount),
                decimal(amount).scale());
    }

    private static ComputedCost atImport(String cost) {
        return new ComputedCost(DAY, "openai", "gpt-4o", decimal(cost));
    }

    private static ComputedGroup ledger(long calls, long unpriced, Map<Cell, String> costs) {
        Map<Cell, BigDecimal> decimals = new HashMap<>();
        costs.forEach((cell, cost) -> decimals.put(cell, decimal(cost)));
        return new ComputedGroup(DAY, "openai", "gpt-4o", calls, unpriced, 100, 0, decimals);
    }

    private static BigDecimal decimal(String text) {
        return new BigDecimal(text);
    }
}
