package dev.assay.platform.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonsTest {

    /** NIST/SEMATECH handbook 1.3.5.3, AUTO83B.DAT, unequal variances: T = -12.94627 with 136.8750 degrees of freedom. */
    @Test
    void welchIsAsPublished() {
        WelchT test = WelchT.test(
                        new WelchT.Sample(249, 20.14458, 6.414700 * 6.414700),
                        new WelchT.Sample(79, 30.48101, 6.107710 * 6.107710))
                .orElseThrow();
        assertThat(test.t()).isCloseTo(-12.94627, within(0.00005));
        assertThat(test.degreesOfFreedom()).isCloseTo(136.8750, within(0.0005));
        assertThat(test.pValue()).isLessThan(1e-20);
        assertThat(test.difference().contains(20.14458 - 30.48101)).isTrue();
    }

    /** Student's sleep data as R's t.test gives it: t = -1.8608, df = 17.776, p = 0.07939, -3.3654832 to 0.2054832. */
    @Test
    void welchOfValuesIsAsPublished() {
        WelchT test = WelchT.test(
                        WelchT.Sample.of(0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0),
                        WelchT.Sample.of(1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4))
                .orElseThrow();
        assertThat(test.t()).isCloseTo(-1.8608, within(0.00005));
        assertThat(test.degreesOfFreedom()).isCloseTo(17.776, within(0.0005));
        assertThat(test.pValue()).isCloseTo(0.07939, within(0.000005));
        assertThat(test.difference().low()).isCloseTo(-3.3654832, within(5e-8));
        assertThat(test.difference().high()).isCloseTo(0.2054832, within(5e-8));
    }

    @Test
    void welchSaysNothingOfSingleValuesOrConstants() {
        assertThat(WelchT.test(WelchT.Sample.of(1), WelchT.Sample.of(1, 2))).isEmpty();
        assertThat(WelchT.test(WelchT.Sample.of(1, 1), WelchT.Sample.of(2, 2))).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(WelchT.Sample::of);
    }

    /** Hollander and Wolfe's permeability data, as R's wilcox.test gives it: W = 35, exact one-sided p = 0.1272. */
    @Test
    void mannWhitneyIsAsPublished() {
        MannWhitney test = MannWhitney.test(
                        new double[] {0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46},
                        new double[] {1.15, 0.88, 0.90, 0.74, 1.21})
                .orElseThrow();
        assertThat(test.u()).isEqualTo(35);
        assertThat(test.superiority()).isEqualTo(0.7);
        assertThat(test.pValue()).isCloseTo(2 * 0.1272, within(0.0001));
    }

    @Test
    void mannWhitneyCountsTiesHalf() {
        MannWhitney equal = MannWhitney.test(new double[] {1, 2, 2, 3}, new double[] {1, 2, 2, 3})
                .orElseThrow();
        assertThat(equal.superiority()).isEqualTo(0.5);
        assertThat(equal.pValue()).isEqualTo(1);
        assertThat(MannWhitney.test(new double[] {7, 7}, new double[] {7, 7})
                        .orElseThrow()
                        .pValue())
                .isEqualTo(1);
        assertThat(MannWhitney.test(new double[0], new double[] {1})).isEmpty();
    }

    @ParameterizedTest(name = "{0} values each")
    @CsvSource({"8", "19", "60"})
    void mannWhitneyErrsAsOftenAsItSays(int n) {
        SplittableRandom random = new SplittableRandom(21);
        int runs = 2_000;
        int significant = 0;
        for (int run = 0; run < runs; run++) {
            double[] first = logNormal(random, n);
            double[] second = logNormal(random, n);
            significant += MannWhitney.test(first, second).orElseThrow().pValue() < 0.05 ? 1 : 0;
        }
        assertThat((double) significant / runs).isBetween(0.03, 0.065);
    }

    private static double[] logNormal(SplittableRandom random, int n) {
        double[] values = new double[n];
        Arrays.setAll(values, i -> Math.exp(random.nextGaussian()));
        return values;
    }

    /** Wikipedia, Cohen's kappa: 20 and 15 agreed, 5 and 10 not: kappa 0.4. */
    @Test
    void kappaIsAsPublished() {
        CohensKappa kappa = CohensKappa.of(new long[][] {{20, 5}, {10, 15}}).orElseThrow();
        assertThat(kappa.kappa()).isCloseTo(0.4, within(1e-12));
        assertThat(kappa.observed()).isEqualTo(0.7);
        assertThat(kappa.ci95().low()).isBetween(0.1, 0.2);
        assertThat(kappa.ci95().high()).isBetween(0.6, 0.7);
    }

    @Test
    void kappaSaysNothingWithoutCasesOrChoice() {
        assertThat(CohensKappa.of(new long[2][2])).isEmpty();
        assertThat(CohensKappa.of(new long[][] {{9, 0}, {0, 0}})).isEmpty();
        assertThat(CohensKappa.of(new long[][] {{5, 0}, {0, 5}}).orElseThrow().kappa())
                .isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> CohensKappa.of(new long[][] {{1, 2}}));
    }

    /** Joint shares 0.4, 0.1, 0.15, 0.35: chance agrees in 0.5, so kappa is (0.75 - 0.5) / 0.5. */
    @Test
    void kappaCoversTheTruthAboutAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(23);
        int runs = 3_000;
        int covered = 0;
        for (int run = 0; run < runs; run++) {
            long[][] table = new long[2][2];
            for (int i = 0; i < 150; i++) {
                double u = random.nextDouble();
                int cell = u < 0.4 ? 0 : u < 0.5 ? 1 : u < 0.65 ? 2 : 3;
                table[cell / 2][cell % 2]++;
            }
            covered += CohensKappa.of(table).orElseThrow().ci95().contains(0.5) ? 1 : 0;
        }
        assertThat((double) covered / runs).isBetween(0.93, 0.97);
    }

    /** Efron and Tibshirani's mouse data, treatment group: mean 86.86, standard error by the bootstrap 23.36. */
    @Test
    void bootstrapIsAboutAsWideAsPublished() {
        double[] mice = {94, 197, 16, 38, 99, 141, 23};
        Interval interval = Bootstrap.meanInterval(mice, 1).orElseThrow();
        assertThat(interval.contains(86.86)).isTrue();
        assertThat((interval.high() - interval.low()) / (2 * 1.96)).isBetween(20.0, 26.0);
        assertThat(86.86 - interval.low()).isLessThan(interval.high() - 86.86); // skewed to the right
        assertThat(Bootstrap.meanInterval(mice, 1)).hasValue(interval);
    }

    @Test
    void bootstrapKnowsTheEdges() {
        assertThat(Bootstrap.meanInterval(new double[] {4}, 1)).isEmpty();
        assertThat(Bootstrap.meanInterval(new double[] {4, 4, 4}, 1)).hasValue(new Interval(4, 4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bootstrap.meanInterval(new double[Bootstrap.MAX_VALUES + 1], 1));
    }

    @Test
    void bootstrapCoversTheMeanOfSkewedValues() {
        SplittableRandom random = new SplittableRandom(29);
        double truth = Math.exp(0.5);
        int runs = 250;
        int covered = 0;
        for (int run = 0; run < runs; run++) {
            covered += Bootstrap.meanInterval(logNormal(random, 60), run)
                            .orElseThrow()
                            .contains(truth)
                    ? 1
                    : 0;
        }
        assertThat((double) covered / runs).isBetween(0.86, 0.98);
    }

    /** Looked at a hundred times with no difference: the plain z test errs several times as often, this one does not. */
    @Test
    void sequentialMayBeWatched() {
        SplittableRandom random = new SplittableRandom(31);
        int runs = 1_000;
        int alarms = 0;
        int plainAlarms = 0;
        for (int run = 0; run < runs; run++) {
            long good1 = 0;
            long good2 = 0;
            boolean alarm = false;
            boolean plainAlarm = false;
            for (int look = 1; look <= 100; look++) {
                good1 += RateIntervalsTest.draw(random, 0.2, 50);
                good2 += RateIntervalsTest.draw(random, 0.2, 50);
                long n = look * 50L;
                alarm |= SequentialTest.ofRates(good1, n, good2, n, 0.05)
                        .filter(test -> test.pValue() < 0.05)
                        .isPresent();
                plainAlarm |=
                        TwoProportions.test(good1, n, good2, n).orElseThrow().pValue() < 0.05;
            }
            alarms += alarm ? 1 : 0;
            plainAlarms += plainAlarm ? 1 : 0;
        }
        assertThat((double) alarms / runs).isLessThanOrEqualTo(0.05);
        assertThat((double) plainAlarms / runs).isGreaterThan(0.2);
    }

    @Test
    void sequentialFindsADifference() {
        SequentialTest test =
                SequentialTest.ofRates(300, 1_000, 200, 1_000, 0.05).orElseThrow();
        assertThat(test.difference()).isCloseTo(0.1, within(1e-12));
        assertThat(test.pValue()).isLessThan(0.001);
        assertThat(test.ci95().low()).isGreaterThan(0);
        assertThat(SequentialTest.ofRates(5, 10, 3, 10, 0.05)).isEmpty();
    }

    /** The interval leaves out zero exactly when the p-value is under 5 %. */
    @Test
    void sequentialIntervalAndPValueAgree() {
        for (double difference = 0; difference < 1; difference += 0.01) {
            SequentialTest test = SequentialTest.of(difference, 0.01, 0.2);
            assertThat(test.ci95().contains(0)).isEqualTo(test.pValue() >= 0.05);
        }
        assertThat(SequentialTest.ofMeans(new WelchT.Sample(100, 5, 1), new WelchT.Sample(100, 4, 1), 0.5))
                .get()
                .extracting(SequentialTest::pValue)
                .satisfies(p -> assertThat(p).isLessThan(0.01));
        assertThat(SequentialTest.ofMeans(new WelchT.Sample(5, 5, 1), new WelchT.Sample(5, 4, 1), 0.5))
                .isEmpty();
    }
}
