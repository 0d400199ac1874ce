package dev.assay.cost.domain.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DailyCostsTest {

    @Test
    void takesTheMeanOfTheMiddleTwoForTheMedianOfAnEvenCount() {
        assertThat(Days.from("2026-03-01", 1, 10, 2, 4).median()).hasValue(new BigDecimal("3.0")); // of 2 and 4
        assertThat(Days.from("2026-03-01", 9, 1, 2).median())
                .hasValueSatisfying(m -> assertThat(m).isEqualByComparingTo("2"));
    }

    @Test
    void countsDaysWithoutCallsAsZero() {
        DailyCosts days = Days.from("2026-03-01", 10, 0, 0, 0);

        assertThat(days.mean()).hasValueSatisfying(mean -> assertThat(mean).isEqualByComparingTo("2.5"));
        assertThat(days.median())
                .hasValueSatisfying(median -> assertThat(median).isEqualByComparingTo("0"));
        assertThat(days.min()).hasValueSatisfying(min -> assertThat(min).isEqualByComparingTo("0"));
        assertThat(days.max()).hasValueSatisfying(max -> assertThat(max).isEqualByComparingTo("10"));
        assertThat(days.total()).isEqualByComparingTo("10");
    }

    @Test
    void historyStartsWithTheFirstCall() {
        LocalDate first = LocalDate.parse("2026-03-01");
        DailyCosts days = new DailyCosts(List.of(
                new DailyCost(first, BigDecimal.ZERO, 0),
                new DailyCost(first.plusDays(1), BigDecimal.ZERO, 2), // calls that cost nothing are calls
                new DailyCost(first.plusDays(2), BigDecimal.ZERO, 0)));

        assertThat(days.history().days())
                .extracting(DailyCost::date)
                .containsExactly(first.plusDays(1), first.plusDays(2));
        assertThat(new DailyCosts(days.days().subList(0, 1)).history().days()).isEmpty();
    }

    @Test
    void refusesGaps() {
        DailyCost first = new DailyCost(LocalDate.parse("2026-03-01"), BigDecimal.ONE, 1);
        DailyCost third = new DailyCost(LocalDate.parse("2026-03-03"), BigDecimal.ONE, 1);

        assertThatThrownBy(() -> new DailyCosts(List.of(first, third))).hasMessageContaining("must follow each other");
    }

    @Test
    void knowsNothingOfNoDays() {
        DailyCosts none = new DailyCosts(List.of());

        assertThat(none.mean()).isEmpty();
        assertThat(none.median()).isEmpty();
        assertThat(none.max()).isEmpty();
        assertThat(none.min()).isEmpty();
    }
}
