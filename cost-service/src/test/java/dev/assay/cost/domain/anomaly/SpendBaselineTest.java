package dev.assay.cost.domain.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.cost.domain.spend.DailyCosts;
import dev.assay.cost.domain.spend.Days;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpendBaselineTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-11");

    @Test
    void findsTheDayThatStandsOut() {
        LocalDate badDay = TODAY.minusDays(12);
        DailyCosts history = Days.before(TODAY, 30, day -> day.equals(badDay) ? 100 : 10 + day.getDayOfMonth() % 3);

        assertThat(SpendBaseline.anomalies(history, 30)).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.date()).isEqualTo(badDay);
            assertThat(anomaly.cost()).isEqualByComparingTo("100");
            assertThat(anomaly.expected()).isEqualByComparingTo("11");
            assertThat(anomaly.deviation()).isEqualByComparingTo("89");
            assertThat(anomaly.score()).isGreaterThan(3.5);
        });
    }

    @Test
    void findsAnAnomalyThatMeanAndDeviationOverAllDaysWouldHide() {
        // 8 days at 10 and two at 60: mean 20, sd 20, so 60 is just two sd off; both are found
        DailyCosts history = Days.from("2026-11-01", 10, 10, 10, 10, 10, 10, 10, 10, 60, 60);

        assertThat(SpendBaseline.anomalies(history, 30))
                .extracting(SpendAnomaly::date)
                .containsExactly(LocalDate.parse("2026-11-09"), LocalDate.parse("2026-11-10"));
    }

    @Test
    void knowsThatWeekendsAreQuiet() {
        DailyCosts quietWeekends = Days.before(TODAY, 60, SpendBaselineTest::workingWeek);
        LocalDate busySunday = LocalDate.parse("2026-11-08");
        DailyCosts oneBusySunday = Days.before(TODAY, 60, day -> day.equals(busySunday) ? 100 : workingWeek(day));

        assertThat(SpendBaseline.anomalies(quietWeekends, 30)).isEmpty();
        assertThat(SpendBaseline.anomalies(oneBusySunday, 30)).singleElement().satisfies(anomaly -> {
            assertThat(anomaly.date()).isEqualTo(busySunday);
            assertThat(anomaly.expected()).isEqualByComparingTo("20");
        });
    }

    @Test
    void findsADayThatCostFarTooLittle() {
        LocalDate outage = TODAY.minusDays(2);

        assertThat(SpendBaseline.anomalies(Days.before(TODAY, 30, day -> day.equals(outage) ? 0 : 10), 30))
                .singleElement()
                .satisfies(anomaly -> assertThat(anomaly.deviation()).isEqualByComparingTo("-10"));
    }

    @Test
    void doesNotJudgeWithoutAWeekBeforehand() {
        assertThat(SpendBaseline.anomalies(Days.from("2026-11-01", 1, 1, 1, 1, 1, 1, 900), 30))
                .isEmpty(); // six days before
        assertThat(SpendBaseline.anomalies(Days.from("2026-11-01", 1, 1, 1, 1, 1, 1, 1, 900), 30))
                .hasSize(1);
    }

    @Test
    void reportsOnlyTheDaysAskedFor() {
        LocalDate badDay = TODAY.minusDays(12);
        DailyCosts history = Days.before(TODAY, 40, day -> day.equals(badDay) ? 100 : 10);

        assertThat(SpendBaseline.anomalies(history, 10)).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void seldomCriesWolf(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int alarms = 0;
        int days = 0;
        for (int i = 0; i < 200; i++) {
            DailyCosts history =
                    Days.before(TODAY, 86, day -> Math.max(0, workingWeek(day) * (1 + 0.2 * random.nextGaussian())));
            alarms += SpendBaseline.anomalies(history, 30).size();
            days += 30;
        }
        assertThat((double) alarms / days).isLessThan(0.01);
    }

    private static double workingWeek(LocalDate day) {
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY ? 20 : 100;
    }
}
