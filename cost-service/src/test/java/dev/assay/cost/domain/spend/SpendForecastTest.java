package dev.assay.cost.domain.spend;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpendForecastTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-11"); // a Wednesday; November has 30 days
    private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    @Test
    void ofEvenSpendIsSpendTimesDays() {
        SpendForecast forecast = forecast(Days.before(TODAY, 40, day -> 10), "3");

        assertThat(forecast.value()).isEqualByComparingTo("300");
        assertThat(forecast.low()).isEqualByComparingTo("300");
        assertThat(forecast.high()).isEqualByComparingTo("300");
    }

    @Test
    void knowsWeekdays() {
        SpendForecast forecast =
                forecast(Days.before(TODAY, 42, day -> WEEKEND.contains(day.getDayOfWeek()) ? 2 : 10), "0");

        assertThat(forecast.value()).isEqualByComparingTo("228"); // 21 working days at 10, 9 days of weekends at 2
    }

    @Test
    void followsATrend() {
        SpendForecast forecast =
                forecast(Days.before(TODAY, 40, day -> 100 + ChronoUnit.DAYS.between(TODAY.minusDays(40), day)), "0");

        // November 1 is day 30 of the line: 130 + 131 + … + 159
        assertThat(forecast.value().doubleValue()).isBetween(4335.0 * 0.97, 4335.0 * 1.03);
    }

    @Test
    void isNotBentByOneBadDay() {
        LocalDate badDay = TODAY.minusDays(15); // in October, so its cost is no part of the month
        SpendForecast forecast = forecast(Days.before(TODAY, 40, day -> day.equals(badDay) ? 5000 : 10), "0");

        assertThat(forecast.value().doubleValue()).isBetween(290.0, 330.0);
    }

    @Test
    void takesSpendThatComesNowAndThenForWhatItIs() {
        SpendForecast forecast = forecast(Days.before(TODAY, 42, day -> day.toEpochDay() % 3 == 0 ? 30 : 0), "0");

        assertThat(forecast.value().doubleValue()).isBetween(270.0, 330.0); // 10 a day in the mean
    }

    @Test
    void leavesTodayOutButNeverFallsBelowWhatIsSpent() {
        DailyCosts history = Days.before(TODAY, 40, day -> 10);

        assertThat(forecast(history, "0.01").value()).isEqualByComparingTo("300"); // a partial day is no day of 0.01
        assertThat(forecast(history, "75").value()).isEqualByComparingTo("365"); // ten days, today's 75, 19 to come
        assertThat(forecast(history, "75").low()).isGreaterThanOrEqualTo(new BigDecimal("175"));
    }

    @ParameterizedTest(name = "{0} days are not enough")
    @ValueSource(ints = {0, 1, 6})
    void needsAWeek(int days) {
        assertThat(SpendForecast.ofMonth(Days.before(TODAY, days, day -> 10), TODAY, BigDecimal.ZERO))
                .isEmpty();
    }

    @Test
    void takesAWeekForEnough() {
        assertThat(forecast(Days.before(TODAY, 7, day -> 10), "0").value())
                .isEqualByComparingTo("270"); // seven known days of November, 20 to come, the first three had no calls
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void theIntervalHoldsItsPromise(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int held = 0;
        int months = 300;
        for (int i = 0; i < months; i++) {
            DailyCosts all = Days.before(LocalDate.parse("2026-12-01"), 80, day -> noisy(day, random));
            int known = (int) ChronoUnit.DAYS.between(all.days().get(0).date(), TODAY);
            SpendForecast forecast = forecast(new DailyCosts(all.days().subList(0, known)), "0");
            double actual = all.last(30).total().doubleValue();
            if (forecast.low().doubleValue() <= actual
                    && actual <= forecast.high().doubleValue()) {
                held++;
            }
        }
        assertThat((double) held / months).isBetween(0.90, 0.99);
    }

    private static double noisy(LocalDate day, SplittableRandom random) {
        double base = WEEKEND.contains(day.getDayOfWeek()) ? 40 : 100;
        return Math.max(0, base * (1 + 0.15 * random.nextGaussian()));
    }

    private static SpendForecast forecast(DailyCosts history, String today) {
        return SpendForecast.ofMonth(history, TODAY, new BigDecimal(today)).orElseThrow();
    }
}
