package dev.assay.platform.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyDesignTest {

    /** On two classes there is no near miss: it is Cohen's kappa, interval included. */
    @Test
    void weightedKappaOfTwoClassesIsCohens() {
        long[][] table = {{20, 5}, {10, 15}};
        CohensKappa weighted = CohensKappa.quadratic(table).orElseThrow();
        CohensKappa plain = CohensKappa.of(table).orElseThrow();
        assertThat(weighted.kappa()).isCloseTo(plain.kappa(), within(1e-12));
        assertThat(weighted.ci95().low()).isCloseTo(plain.ci95().low(), within(1e-9));
        assertThat(weighted.ci95().high()).isCloseTo(plain.ci95().high(), within(1e-9));
    }

    /** By the other usual formula, 1 less the mean squared distance over that of chance. */
    @Test
    void weightedKappaCountsNearMissesLess() {
        long[][] table = {{20, 5, 1}, {4, 15, 6}, {2, 3, 14}};
        double observed = 0;
        double chance = 0;
        long[] rows = {26, 25, 19};
        long[] columns = {26, 23, 21};
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                observed += (i - j) * (i - j) * table[i][j] / 70.0;
                chance += (i - j) * (i - j) * rows[i] * columns[j] / 4_900.0;
            }
        }
        CohensKappa weighted = CohensKappa.quadratic(table).orElseThrow();
        assertThat(weighted.kappa()).isCloseTo(1 - observed / chance, within(1e-12));
        assertThat(weighted.kappa())
                .isGreaterThan(CohensKappa.of(table).orElseThrow().kappa());
        assertThat(CohensKappa.quadratic(new long[3][3])).isEmpty();
        assertThat(CohensKappa.quadratic(new long[][] {{9, 0}, {0, 0}})).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> CohensKappa.quadratic(new long[][] {{1, 2}}));
    }

    /** NIST's worked form: 60 and 40 where 50 each were meant give (10² + 10²) / 50 = 4, one degree of freedom: 0.0455. */
    @Test
    void fitIsAsWorkedOut() {
        ChiSquareFit fit =
                ChiSquareFit.test(new long[] {60, 40}, new double[] {1, 1}).orElseThrow();
        assertThat(fit.chiSquare()).isCloseTo(4, within(1e-12));
        assertThat(fit.pValue()).isCloseTo(0.0455, within(0.0001));
        assertThat(ChiSquareFit.test(new long[] {80, 20}, new double[] {4, 1})
                        .orElseThrow()
                        .pValue())
                .isEqualTo(1);
        assertThat(ChiSquareFit.test(new long[] {4, 4}, new double[] {1, 1})).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ChiSquareFit.test(new long[] {4, 4}, new double[] {1, 0}));
    }

    @Test
    void fitErrsAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(5);
        int alarms = 0;
        for (int run = 0; run < 2_000; run++) {
            long first = RateIntervalsTest.draw(random, 0.3, 1_000);
            alarms += ChiSquareFit.test(new long[] {first, 1_000 - first}, new double[] {0.3, 0.7})
                                    .orElseThrow()
                                    .pValue()
                            < 0.05
                    ? 1
                    : 0;
        }
        assertThat(alarms / 2_000.0).isBetween(0.035, 0.065);
    }

    /** Of ten cases that differ, nine went one way: twice (1 + 10) / 2^10. */
    @Test
    void mcNemarLooksAtWhatDiffersAlone() {
        McNemar test = McNemar.test(1, 9, 100).orElseThrow();
        assertThat(test.difference()).isCloseTo(-0.08, within(1e-12));
        assertThat(test.pValue()).isCloseTo(22 / 1024.0, within(1e-12));
        assertThat(test.ci95().high()).isLessThan(0);
        assertThat(McNemar.test(1, 9, 10_000).orElseThrow().pValue()).isCloseTo(22 / 1024.0, within(1e-12));
        assertThat(McNemar.test(0, 0, 10).orElseThrow().pValue()).isEqualTo(1);
        assertThat(McNemar.test(0, 0, 0)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> McNemar.test(6, 5, 10));
    }

    /** As many as the plan says, looked at as often as it says: found as often as it says. */
    @ParameterizedTest(name = "power {0}, {1} looks, rates {2} and {3}")
    @CsvSource({"0.8, 14, 0.50, 0.56", "0.9, 28, 0.30, 0.36", "0.8, 7, 0.80, 0.75"})
    void theSequentialPlanHasThePowerThatItPromises(double power, int looks, double rate1, double rate2) {
        double information = SequentialPlan.information(power, 0.05, looks);
        double difference = Math.abs(rate1 - rate2);
        long both = SequentialPlan.observations(
                information, difference, rate1 * (1 - rate1), 0.5, rate2 * (1 - rate2), 0.5);
        int perLook = (int) Math.round(both / 2.0 / looks);
        SplittableRandom random = new SplittableRandom(8);
        int runs = 4_000;
        int found = 0;
        for (int run = 0; run < runs; run++) {
            long good1 = 0;
            long good2 = 0;
            boolean declared = false;
            for (int look = 1; look <= looks && !declared; look++) {
                good1 += normalDraw(random, rate1, perLook);
                good2 += normalDraw(random, rate2, perLook);
                long n = (long) look * perLook;
                declared = SequentialTest.ofRates(good1, n, good2, n, difference)
                        .filter(test -> test.pValue() <= 0.05)
                        .isPresent();
            }
            found += declared ? 1 : 0;
        }
        assertThat((double) found / runs).isCloseTo(power, within(0.02));
    }

    /** A binomial draw of many, by its normal approximation. */
    private static long normalDraw(SplittableRandom random, double rate, int n) {
        return Math.round(n * rate + Math.sqrt(n * rate * (1 - rate)) * random.nextGaussian());
    }

    @Test
    void thePlanNeedsMoreForMore() {
        double usual = SequentialPlan.information(0.8, 0.05, 14);
        assertThat(SequentialPlan.information(0.9, 0.05, 14)).isGreaterThan(usual);
        assertThat(SequentialPlan.information(0.8, 0.01, 14)).isGreaterThan(usual);
        // one look with a fixed end: (1.96 + 0.84)²; being allowed to look costs more
        assertThat(usual).isGreaterThan(7.85);
        assertThatIllegalArgumentException().isThrownBy(() -> SequentialPlan.information(1, 0.05, 14));
        assertThatIllegalArgumentException().isThrownBy(() -> SequentialPlan.information(0.8, 0.05, 0));
    }
}
