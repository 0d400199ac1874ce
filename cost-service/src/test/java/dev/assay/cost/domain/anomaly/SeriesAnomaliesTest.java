package dev.assay.cost.domain.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.cost.domain.spend.DailyCost;
import dev.assay.cost.domain.spend.DailyCosts;
import dev.assay.cost.domain.spend.Days;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeriesAnomaliesTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-16");
    private static final LocalDate LAST = TODAY.minusDays(1);
    private static final double LEVEL = 0.05;

    @Test
    void tellsTheSeriesTheExpectedAndWhoMadeIt() {
        List<SeriesOfParts<String>> series = List.of(
                new SeriesOfParts<>(
                        "shop",
                        Map.of(
                                "gpt-4o", Days.before(TODAY, 60, day -> day.equals(LAST) ? 100 : 9 + wave(day)),
                                "mini", Days.before(TODAY, 60, day -> 1),
                                "idle", Days.before(TODAY, 60, day -> 0))),
                new SeriesOfParts<>("desk", Map.of("", Days.before(TODAY, 60, day -> 5 + wave(day)))));

        assertThat(SeriesAnomalies.find(series, LAST, TODAY, LEVEL))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.series()).isEqualTo("shop");
                    assertThat(found.day().cost()).isEqualByComparingTo("101");
                    assertThat(found.qValue()).isBetween(found.pValue(), LEVEL);
                    assertThat(found.contributors())
                            .extracting(Contributor::part)
                            .containsExactly("gpt-4o", "mini");
                    assertThat(found.contributors().get(0).deviation()).isGreaterThan(new BigDecimal("85"));
                });
    }

    @Test
    void contributionsAddUpToTheDeviation() {
        int found = 0;
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, DailyCosts> parts = new HashMap<>();
            for (int part = 1 + random.nextInt(5); part > 0; part--) {
                double jump = random.nextInt(3) * 50;
                parts.put(
                        "part-" + part,
                        Days.before(TODAY, 40, day -> 10 + random.nextDouble() + (day.equals(LAST) ? jump : 0)));
            }
            for (SeriesAnomaly<String> one :
                    SeriesAnomalies.find(List.of(new SeriesOfParts<>("x", parts)), LAST, TODAY, LEVEL)) {
                found++;
                assertThat(one.contributors().stream()
                                .map(Contributor::deviation)
                                .reduce(BigDecimal.ZERO, BigDecimal::add))
                        .as("seed %d", seed)
                        .isEqualByComparingTo(one.day().deviation());
            }
        }
        assertThat(found).isGreaterThan(50);
    }

    @Test
    void aNewPartExplainsItsWholeCost() {
        SeriesOfParts<String> series = new SeriesOfParts<>(
                "shop",
                Map.of(
                        "old", Days.before(TODAY, 30, day -> 10 + wave(day)),
                        "new", Days.before(TODAY, 30, day -> day.equals(LAST) ? 70 : 0)));

        Contributor first = SeriesAnomalies.find(List.of(series), LAST, TODAY, LEVEL)
                .get(0)
                .contributors()
                .get(0);
        assertThat(first.part()).isEqualTo("new");
        assertThat(first.expected()).isZero();
        assertThat(first.deviation()).isEqualByComparingTo("70");
    }

    /** Of what is found on a day with four real jumps among forty series, at most the level is false, over many days. */
    @Test
    void theFalseDiscoveryRateHolds() {
        double falseShares = 0;
        int missed = 0;
        int runs = 300;
        for (int seed = 0; seed < runs; seed++) {
            List<SeriesAnomaly<Integer>> found = SeriesAnomalies.find(noise(seed, 4), LAST, TODAY, LEVEL);
            long real = found.stream().filter(one -> one.series() < 4).count();
            falseShares += found.isEmpty() ? 0 : (double) (found.size() - real) / found.size();
            missed += (int) (4 - real);
        }
        assertThat(falseShares / runs).isLessThan(LEVEL + 0.01);
        assertThat((double) missed / (4 * runs)).isLessThan(0.02);
    }

    @Test
    void withoutAnyJumpADayIsSeldomCalledOff() {
        int days = 0;
        int runs = 300;
        for (int seed = 0; seed < runs; seed++) {
            days += SeriesAnomalies.find(noise(1_000 + seed, 0), LAST, TODAY, LEVEL)
                            .isEmpty()
                    ? 0
                    : 1;
        }
        // with nothing to find, the false discovery rate is the chance of finding anything
        assertThat((double) days / runs).isLessThan(LEVEL + 0.03);
    }

    /** Forty series that cost something on some days only: that they do is ordinary, and ten times as much is not. */
    @Test
    void aSeriesThatSeldomCostsIsJudgedByTheDaysOnWhichItDoes() {
        int falseOnes = 0;
        int missed = 0;
        int runs = 100;
        for (int seed = 0; seed < runs; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<SeriesOfParts<Integer>> series = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                boolean jumped = i == 0;
                series.add(new SeriesOfParts<>(i, Map.of("", Days.before(TODAY, 63, day -> {
                    double cost = random.nextDouble() < 0.25 ? 10 * Math.max(0.1, 1 + 0.15 * random.nextGaussian()) : 0;
                    return jumped && day.equals(LAST) ? 100 : cost;
                }))));
            }
            List<SeriesAnomaly<Integer>> found = SeriesAnomalies.find(series, LAST, TODAY, LEVEL);
            long real = found.stream().filter(one -> one.series() == 0).count();
            falseOnes += found.size() - (int) real;
            missed += 1 - (int) real;
        }
        assertThat((double) falseOnes / runs).isLessThan(0.1);
        assertThat((double) missed / runs).isLessThan(0.1);
    }

    @Test
    void theFirstCostOfASeriesIsOne() {
        DailyCosts free = new DailyCosts(Stream.iterate(TODAY.minusDays(20), day -> day.plusDays(1))
                .limit(20)
                .map(day -> new DailyCost(day, day.equals(LAST) ? BigDecimal.TEN : BigDecimal.ZERO, 5))
                .toList());
        assertThat(SeriesAnomalies.find(List.of(new SeriesOfParts<>("x", Map.of("", free))), LAST, TODAY, LEVEL))
                .singleElement()
                .satisfies(found -> assertThat(found.pValue()).isZero());
    }

    @Test
    void aWeekOfHistoryIsNeeded() {
        List<SeriesOfParts<String>> week =
                List.of(new SeriesOfParts<>("x", Map.of("", Days.from("2026-11-09", 1, 1, 1, 1, 1, 1, 900))));

        assertThat(SeriesAnomalies.find(week, LAST, TODAY, LEVEL)).isEmpty();
        assertThat(SeriesAnomalies.judgeable(week, LAST, TODAY)).isZero();
    }

    @Test
    void refusesPartsOverOtherDays() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SeriesOfParts<>(
                        "x", Map.of("a", Days.from("2026-11-09", 1), "b", Days.from("2026-11-10", 1))));
    }

    private static List<SeriesOfParts<Integer>> noise(long seed, int jumps) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SeriesOfParts<Integer>> series = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            boolean jumped = i < jumps;
            double size = 1 + random.nextInt(1_000);
            ToDoubleFunction<LocalDate> cost = day -> {
                double weekday = day.getDayOfWeek() == DayOfWeek.SUNDAY ? 0.4 : 1;
                double usual = size * weekday * Math.max(0, 1 + 0.15 * random.nextGaussian());
                return jumped && day.equals(LAST) ? usual + 3 * size : usual;
            };
            series.add(new SeriesOfParts<>(i, Map.of("", Days.before(TODAY, 63, cost))));
        }
        return series;
    }

    private static double wave(LocalDate day) {
        return day.getDayOfMonth() % 3 * 0.2;
    }
}
