package dev.assay.cost.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetGaugeTest {
    private static final LocalDate DAY = LocalDate.parse("2026-03-01");

    @ParameterizedTest(name = "{0} in the ledger, {1} settled, {2} reserved")
    @CsvSource({
        "0,    0,   0,   0,    0,    0",
        "49.9, 0,   50,  0.499, 0.999, 0",
        "40,   10,  0,   0.5,  0.5,  0.5",
        "79,   0.5, 1,   0.795, 0.805, 0.5",
        "80,   0,   0,   0.8,  0.8,  0.8",
        "250,  0,   0,   2.5,  2.5,  1",
    })
    void tellsSharesOfTheLimitAndTheHighestThreshold(
            String inLedger, String settled, String reserved, double used, double committed, double reached) {
        BudgetFigures figures =
                new BudgetFigures(DAY, new BigDecimal(inLedger), new BigDecimal(settled), new BigDecimal(reserved), 0);

        BudgetGauge gauge = BudgetGauge.of(budget("0.8", "1", "0.5"), figures);
        assertThat(gauge).isEqualTo(new BudgetGauge(used, committed, reached));
        assertThat(BudgetGauge.of(budget(), figures).thresholdReached()).isZero();
    }

    private static Budget budget(String... thresholds) {
        return new Budget(
                UUID.randomUUID(),
                "p",
                "b",
                new BigDecimal("100"),
                "USD",
                BudgetPeriod.MONTH,
                ZoneOffset.UTC,
                true,
                new BudgetFilter(Map.of(), null, null),
                List.of(thresholds).stream().map(BigDecimal::new).toList(),
                DAY);
    }
}
