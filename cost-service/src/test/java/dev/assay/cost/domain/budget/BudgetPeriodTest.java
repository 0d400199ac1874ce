package dev.assay.cost.domain.budget;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BudgetPeriodTest {

    @ParameterizedTest(name = "{0} of {2} in {1} starts on {3} at {4} and ends at {5}")
    @CsvSource({
        "day,   UTC,              2026-03-29T00:00:00Z, 2026-03-29, 2026-03-29T00:00:00Z, 2026-03-30T00:00:00Z",
        "day,   UTC,              2026-03-28T23:59:59.999999Z, 2026-03-28, 2026-03-28T00:00:00Z, 2026-03-29T00:00:00Z",
        "day,   Europe/Berlin,    2026-03-29T12:00:00Z, 2026-03-29, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z", // 23 h
        "day,   Europe/Berlin,    2026-10-25T12:00:00Z, 2026-10-25, 2026-10-24T22:00:00Z, 2026-10-25T23:00:00Z", // 25 h
        "day,   America/New_York, 2026-01-01T04:59:59Z, 2025-12-31, 2025-12-31T05:00:00Z, 2026-01-01T05:00:00Z",
        "week,  UTC,              2026-11-25T10:00:00Z, 2026-11-23, 2026-11-23T00:00:00Z, 2026-11-30T00:00:00Z",
        "week,  Pacific/Auckland, 2026-11-22T12:00:00Z, 2026-11-23, 2026-11-22T11:00:00Z, 2026-11-29T11:00:00Z",
        "month, UTC,              2028-02-29T23:00:00Z, 2028-02-01, 2028-02-01T00:00:00Z, 2028-03-01T00:00:00Z",
        "month, Asia/Kathmandu,   2026-06-30T18:15:00Z, 2026-07-01, 2026-06-30T18:15:00Z, 2026-07-31T18:15:00Z",
    })
    void liesBetweenMidnightsOfItsZone(
            String period, String zone, Instant at, LocalDate first, Instant start, Instant end) {
        Budget budget = budget(BudgetPeriod.find(period).orElseThrow(), ZoneId.of(zone));

        assertThat(budget.periodOf(at)).isEqualTo(first);
        assertThat(budget.startOf(first)).isEqualTo(start);
        assertThat(budget.endOf(first)).isEqualTo(end);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void periodsFollowEachOtherWithoutGapOrOverlap(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> zones =
                List.of("UTC", "Europe/Berlin", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kolkata");
        for (int i = 0; i < 2_000; i++) {
            BudgetPeriod period = BudgetPeriod.values()[random.nextInt(3)];
            Budget budget = budget(period, ZoneId.of(zones.get(random.nextInt(zones.size()))));
            Instant at = Instant.ofEpochSecond(random.nextLong(1_600_000_000L, 2_000_000_000L));
            LocalDate first = budget.periodOf(at);
            assertThat(at).isBetween(budget.startOf(first), budget.endOf(first).minusNanos(1));
            assertThat(budget.periodOf(budget.endOf(first))).isEqualTo(period.next(first));
            assertThat(Duration.between(budget.startOf(first), budget.endOf(first)))
                    .isBetween(Duration.ofHours(23), Duration.ofDays(31).plusHours(1));
        }
    }

    private static Budget budget(BudgetPeriod period, ZoneId zone) {
        return new Budget(
                UUID.randomUUID(),
                "t",
                "b",
                BigDecimal.TEN,
                "USD",
                period,
                zone,
                true,
                new BudgetFilter(Map.of(), null, null),
                List.of(),
                LocalDate.EPOCH);
    }
}
