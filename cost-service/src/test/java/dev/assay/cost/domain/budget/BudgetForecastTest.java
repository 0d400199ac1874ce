package dev.assay.cost.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetForecastTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");

    @ParameterizedTest(name = "{0} of {1} by {2}: {3}, runs out {4}")
    @CsvSource({
        "100, 300, 2026-11-11T00:00:00Z, 300, ", // a third of the month, a third of the money: it just lasts
        "150, 300, 2026-11-11T00:00:00Z, 450, 2026-11-21T00:00:00Z",
        "300, 300, 2026-11-11T00:00:00Z, 900, 2026-11-11T00:00:00Z", // already spent
        "0,   300, 2026-11-11T00:00:00Z, 0, ",
    })
    void goesOnAsItDid(BigDecimal spent, BigDecimal limit, Instant now, BigDecimal projected, Instant runsOut) {
        assertThat(BudgetForecast.of(spent, limit, START, END, now)).hasValueSatisfying(forecast -> {
            assertThat(forecast.projectedSpend()).isEqualByComparingTo(projected);
            assertThat(forecast.runsOutAt()).isEqualTo(runsOut);
        });
    }

    @Test
    void saysNothingBeforeATwentiethOfThePeriodIsOver() {
        assertThat(BudgetForecast.of(BigDecimal.TEN, BigDecimal.TEN, START, END, START.plusSeconds(129_599)))
                .isEmpty();
        assertThat(BudgetForecast.of(BigDecimal.ONE, BigDecimal.TEN, START, END, START.plusSeconds(129_600)))
                .isPresent();
    }
}
