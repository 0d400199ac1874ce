package dev.assay.platform.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.assay.platform.stats.SeasonalBaseline.Basis;
import dev.assay.platform.stats.SeasonalBaseline.Observation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BaselinesTest {
    private static final Instant MONDAY = Instant.parse("2026-03-02T00:00:00Z");

    @Test
    void medianOfAnEvenNumberIsTheMeanOfTheMiddleTwo() {
        assertThat(RobustBaseline.median(1, 2, 3, 10)).hasValue(2.5);
        assertThat(RobustBaseline.median(3, 1, 2)).hasValue(2);
        assertThat(RobustBaseline.median(new double[0])).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> RobustBaseline.median(1, Double.NaN));
    }

    /** Wikipedia, Median absolute deviation: (1, 1, 2, 2, 4, 6, 9) has median 2 and MAD 1. */
    @Test
    void spreadIsTheScaledMedianAbsoluteDeviation() {
        RobustBaseline baseline = RobustBaseline.of(1, 1, 2, 2, 4, 6, 9).orElseThrow();
        assertThat(baseline.median()).isEqualTo(2);
        assertThat(baseline.spread()).isCloseTo(1.4826, within(0.0001));
        assertThat(baseline.deviation(9)).isCloseTo(0.6745 * 7, within(0.001)); // the modified z-score of NIST
    }

    @Test
    void spreadEstimatesTheStandardDeviationAndShrugsOffAnomalies() {
        SplittableRandom random = new SplittableRandom(1);
        double[] values = new double[5_000];
        for (int i = 0; i < values.length; i++) {
            values[i] = i % 10 == 0 ? 1_000 : 50 + 4 * random.nextGaussian();
        }
        RobustBaseline baseline = RobustBaseline.of(values).orElseThrow();
        assertThat(baseline.median()).isCloseTo(50, within(1.0));
        assertThat(baseline.spread()).isCloseTo(4, within(1.0));
        assertThat(baseline.deviation(1_000)).isGreaterThan(100);
    }

    @Test
    void spreadSeesTheRestWhenOverHalfAreEqual() {
        assertThat(RobustBaseline.of(5, 5, 5, 5, 9).orElseThrow().spread()).isCloseTo(0.8 * 1.2533, within(0.0001));
        RobustBaseline flat = RobustBaseline.of(5, 5, 5).orElseThrow();
        assertThat(flat.deviation(5)).isZero();
        assertThat(flat.deviation(6)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(flat.deviation(4)).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void seasonalExpectsWhatTheSameHoursOfTheWeekHad() {
        List<Observation> history = new ArrayList<>();
        for (int hour = 0; hour < 4 * 7 * 24; hour++) {
            boolean weekend = hour / 24 % 7 >= 5;
            history.add(new Observation(MONDAY.plus(Duration.ofHours(hour)), (weekend ? 10 : 100) + hour % 24));
        }
        SeasonalBaseline baseline = SeasonalBaseline.of(history, ZoneOffset.UTC, 4);
        Instant nextMonday = MONDAY.plus(Duration.ofDays(28));
        var monday = baseline.at(nextMonday.plus(Duration.ofHours(9))).orElseThrow();
        assertThat(monday.basis()).isEqualTo(Basis.HOUR_OF_WEEK);
        assertThat(monday.baseline().median()).isEqualTo(109);
        var saturday =
                baseline.at(nextMonday.plus(Duration.ofHours(5 * 24 + 9))).orElseThrow();
        assertThat(saturday.baseline().median()).isEqualTo(19);
    }

    @Test
    void seasonalFallsBackWhileTheHistoryIsShortAndSaysSo() {
        List<Observation> history = new ArrayList<>();
        for (int day = 0; day < 5; day++) {
            history.add(new Observation(MONDAY.plus(Duration.ofHours(day * 24 + 9)), 50));
        }
        SeasonalBaseline baseline = SeasonalBaseline.of(history, ZoneOffset.UTC, 4);
        Instant saturday = MONDAY.plus(Duration.ofDays(5));
        assertThat(baseline.at(saturday.plus(Duration.ofHours(9))).orElseThrow().basis())
                .isEqualTo(Basis.HOUR_OF_DAY);
        assertThat(baseline.at(saturday).orElseThrow().basis()).isEqualTo(Basis.ALL_HOURS);
        assertThat(SeasonalBaseline.of(history.subList(0, 3), ZoneOffset.UTC, 4).at(saturday))
                .isEmpty();
    }

    @Test
    void seasonalKeepsLocalHoursOverDaylightSaving() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        List<Observation> history = new ArrayList<>();
        for (int week = 0; week < 4; week++) { // 9:00 in Berlin is 8:00 UTC in winter
            history.add(new Observation(Instant.parse("2026-03-02T08:00:00Z").plus(Duration.ofDays(7 * week)), 7));
        }
        var summer = SeasonalBaseline.of(history, berlin, 4).at(Instant.parse("2026-03-30T07:00:00Z"));
        assertThat(summer.orElseThrow().basis()).isEqualTo(Basis.HOUR_OF_WEEK);
    }

    /** Wikipedia, Holm-Bonferroni method: 0.01, 0.04, 0.03 and 0.005 come to 0.03, 0.06, 0.06 and 0.02. */
    @Test
    void holmAdjustsAsPublished() {
        assertThat(Holm.adjust(0.01, 0.04, 0.03, 0.005))
                .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(1e-12));
        assertThat(Holm.adjust(0.9, 0.8)).containsExactly(1, 1);
        assertThat(Holm.adjust()).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Holm.adjust(0.5, -0.1));
    }
}
