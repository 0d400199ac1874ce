package dev.assay.platform.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateIntervalsTest {
    private static final int RUNS = 4_000;

    /** Newcombe (1998), two-sided intervals for the single proportion, table I, method 3. */
    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({"81, 263, 0.2553, 0.3662", "15, 148, 0.0624, 0.1605", "0, 20, 0.0000, 0.1611", "1, 29, 0.0061, 0.1718"})
    void wilsonIsAsPublished(long good, long n, double low, double high) {
        Interval interval = Wilson.interval(good, n).orElseThrow();
        assertThat(interval.low()).isCloseTo(low, within(0.00005));
        assertThat(interval.high()).isCloseTo(high, within(0.00005));
    }

    @Test
    void wilsonTouchesTheEdgesExactlyAndNoDataIsNoInterval() {
        assertThat(Wilson.interval(0, 7).orElseThrow().low()).isEqualTo(0.0);
        assertThat(Wilson.interval(7, 7).orElseThrow().high()).isEqualTo(1.0);
        assertThat(Wilson.interval(0, 0)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> Wilson.interval(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> Wilson.interval(-1, 2));
    }

    @ParameterizedTest(name = "rate {0}, n {1}")
    @CsvSource({"0.5, 20", "0.1, 50", "0.02, 400", "0.9, 100"})
    void wilsonCoversTheTruthAboutAsOftenAsItSays(double rate, int n) {
        SplittableRandom random = new SplittableRandom(7);
        int covered = 0;
        for (int run = 0; run < RUNS; run++) {
            covered += Wilson.interval(draw(random, rate, n), n).orElseThrow().contains(rate) ? 1 : 0;
        }
        assertThat((double) covered / RUNS).isBetween(0.925, 0.985);
    }

    /** Newcombe (1998), difference between independent proportions, table II, method 10. */
    @ParameterizedTest(name = "{0} of {1} less {2} of {3}")
    @CsvSource({
        "56, 70, 48, 80, 0.0524, 0.3339",
        "9, 10, 3, 10, 0.1705, 0.8090",
        "6, 7, 2, 7, 0.0582, 0.8062",
        "5, 56, 0, 29, -0.0381, 0.1926",
        "0, 10, 0, 10, -0.2775, 0.2775",
        "10, 10, 0, 10, 0.6075, 1.0000",
    })
    void newcombeIsAsPublished(long good1, long n1, long good2, long n2, double low, double high) {
        Interval interval = Newcombe.difference(good1, n1, good2, n2).orElseThrow();
        assertThat(interval.low()).isCloseTo(low, within(0.00005));
        assertThat(interval.high()).isCloseTo(high, within(0.00005));
    }

    @Test
    void newcombeNeedsBothSides() {
        assertThat(Newcombe.difference(1, 2, 0, 0)).isEmpty();
        assertThat(Newcombe.difference(0, 0, 1, 2)).isEmpty();
    }

    @Test
    void newcombeCoversTheTruthAboutAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(11);
        int covered = 0;
        for (int run = 0; run < RUNS; run++) {
            Interval interval = Newcombe.difference(draw(random, 0.3, 60), 60, draw(random, 0.15, 90), 90)
                    .orElseThrow();
            covered += interval.contains(0.15) ? 1 : 0;
        }
        assertThat((double) covered / RUNS).isBetween(0.935, 0.97);
    }

    @ParameterizedTest(name = "{0} promoters, {1} detractors, {2} answers")
    @CsvSource({"0.5, 0.2, 40", "0.1, 0.7, 40", "0.85, 0.05, 60", "0.3, 0.3, 200"})
    void multinomialDifferenceCoversTheTruthAboutAsOftenAsItSays(double promoters, double detractors, int n) {
        SplittableRandom random = new SplittableRandom(13);
        int covered = 0;
        for (int run = 0; run < RUNS; run++) {
            int first = 0;
            int second = 0;
            for (int i = 0; i < n; i++) {
                double answer = random.nextDouble();
                first += answer < promoters ? 1 : 0;
                second += answer >= promoters && answer < promoters + detractors ? 1 : 0;
            }
            Interval interval = MultinomialDifference.interval(first, second, n).orElseThrow();
            covered += interval.contains(promoters - detractors) ? 1 : 0;
        }
        assertThat((double) covered / RUNS).isBetween(0.93, 0.98);
    }

    @Test
    void multinomialDifferenceIsNoPointWhenAllAnswersAreEqual() {
        Interval all = MultinomialDifference.interval(5, 0, 5).orElseThrow();
        assertThat(all.high()).isEqualTo(1);
        assertThat(all.low()).isBetween(0.2, 0.6);
        Interval none = MultinomialDifference.interval(0, 0, 5).orElseThrow();
        assertThat(none.low()).isEqualTo(-none.high());
        assertThat(MultinomialDifference.interval(0, 0, 0)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> MultinomialDifference.interval(3, 3, 5));
    }

    /** Agresti, Categorical Data Analysis: the aspirin trial, X^2 = 25.01. */
    @Test
    void twoProportionsAreAsPublished() {
        TwoProportions test = TwoProportions.test(189, 11_034, 104, 11_037).orElseThrow();
        assertThat(test.z() * test.z()).isCloseTo(25.01, within(0.005));
        assertThat(test.pValue()).isCloseTo(5.7e-7, within(0.1e-7));
        assertThat(TwoProportions.test(0, 5, 0, 9).orElseThrow().pValue()).isEqualTo(1);
        assertThat(TwoProportions.test(0, 0, 1, 9)).isEmpty();
    }

    @Test
    void twoProportionsErrAsOftenAsTheySay() {
        SplittableRandom random = new SplittableRandom(17);
        int significant = 0;
        for (int run = 0; run < RUNS; run++) {
            TwoProportions test = TwoProportions.test(draw(random, 0.2, 150), 150, draw(random, 0.2, 150), 150)
                    .orElseThrow();
            significant += test.pValue() < 0.05 ? 1 : 0;
        }
        assertThat((double) significant / RUNS).isBetween(0.035, 0.065);
    }

    static long draw(SplittableRandom random, double rate, int n) {
        long good = 0;
        for (int i = 0; i < n; i++) {
            good += random.nextDouble() < rate ? 1 : 0;
        }
        return good;
    }
}
