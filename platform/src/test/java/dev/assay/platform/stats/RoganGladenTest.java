package dev.assay.platform.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.assay.platform.stats.RoganGladen.Judge;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoganGladenTest {

    /** epiR's manual for epi.prev: 23 of 150 cows, sensitivity 96 %, specificity 89 %: 5.1 in 100 (0 to 13). */
    @Test
    void correctsAsPublished() {
        RoganGladen corrected =
                RoganGladen.correct(23, 150, new Judge(0.96, 0, 0.89, 0)).orElseThrow();
        assertThat(corrected.rate()).isCloseTo(0.051, within(0.0005));
        assertThat(corrected.ci95().low()).isCloseTo(0, within(0.005));
        assertThat(corrected.ci95().high()).isCloseTo(0.13, within(0.005));
    }

    /** The same manual: 6 of 151, sensitivity 96.4 %, specificity 92.7 %: none in 100, since so few are false alarms. */
    @Test
    void isZeroWhereFalseAlarmsAloneWouldBeMore() {
        RoganGladen corrected =
                RoganGladen.correct(6, 151, new Judge(0.964, 0, 0.927, 0)).orElseThrow();
        assertThat(corrected.rate()).isZero();
        assertThat(corrected.ci95().low()).isZero();
        assertThat(corrected.ci95().high()).isBetween(0.005, 0.02);
    }

    @Test
    void leavesTheRateOfAPerfectJudgeAlone() {
        RoganGladen corrected =
                RoganGladen.correct(30, 100, new Judge(1, 0, 1, 0)).orElseThrow();
        assertThat(corrected.rate()).isEqualTo(0.3);
        Interval wilson = Wilson.interval(30, 100).orElseThrow();
        assertThat(corrected.ci95().low()).isCloseTo(wilson.low(), within(0.002));
        assertThat(corrected.ci95().high()).isCloseTo(wilson.high(), within(0.002));
    }

    @Test
    void saysNothingWithoutCasesOrWithAJudgeNoBetterThanChance() {
        assertThat(RoganGladen.correct(0, 0, new Judge(0.9, 0, 0.9, 0))).isEmpty();
        assertThat(RoganGladen.correct(5, 10, new Judge(0.5, 0, 0.5, 0))).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new Judge(1.2, 0, 0.5, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Judge(Double.NaN, 0, 0.5, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> RoganGladen.correct(11, 10, new Judge(0.9, 0, 0.9, 0)));
    }

    /** The judge's trial is drawn anew each time: its uncertainty is part of what the interval has to cover. */
    @ParameterizedTest(name = "rate {0}, judge {1}/{2}")
    @CsvSource({"0.05, 0.90, 0.95", "0.30, 0.80, 0.90", "0.90, 0.92, 0.85"})
    void coversTheTruthAboutAsOftenAsItSays(double truth, double sensitivity, double specificity) {
        SplittableRandom random = new SplittableRandom(3);
        int runs = 3_000;
        int covered = 0;
        for (int run = 0; run < runs; run++) {
            double observed = truth * sensitivity + (1 - truth) * (1 - specificity);
            double se = RateIntervalsTest.draw(random, sensitivity, 150) / 150.0;
            double sp = RateIntervalsTest.draw(random, specificity, 200) / 200.0;
            long found = RateIntervalsTest.draw(random, observed, 400);
            covered += RoganGladen.correct(found, 400, new Judge(se, 150, sp, 200))
                            .orElseThrow()
                            .ci95()
                            .contains(truth)
                    ? 1
                    : 0;
        }
        assertThat((double) covered / runs).isBetween(0.93, 0.985);
    }
}
