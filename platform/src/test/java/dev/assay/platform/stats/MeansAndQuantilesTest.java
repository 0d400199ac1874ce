package dev.assay.platform.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeansAndQuantilesTest {

    /** NIST/SEMATECH handbook 1.3.5.2, data ZARR13.DAT: 9.258242 to 9.264679. */
    @Test
    void meanIntervalIsAsPublished() {
        Interval interval =
                StudentT.meanInterval(195, 9.261460, 0.02278881 * 0.02278881).orElseThrow();
        assertThat(interval.low()).isCloseTo(9.258242, within(0.000001));
        assertThat(interval.high()).isCloseTo(9.264679, within(0.000001));
    }

    /** Student's sleep data, first drug, as R's t.test gives it: -0.5297804 to 2.0297804. */
    @Test
    void meanIntervalOfValuesIsAsPublished() {
        Interval interval = StudentT.meanInterval(new double[] {0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0})
                .orElseThrow();
        assertThat(interval.low()).isCloseTo(-0.5297804, within(5e-8));
        assertThat(interval.high()).isCloseTo(2.0297804, within(5e-8));
    }

    @Test
    void meanIntervalNeedsTwoValues() {
        assertThat(StudentT.meanInterval(new double[] {3})).isEmpty();
        assertThat(StudentT.meanInterval(new double[] {3, 3})).hasValue(new Interval(3, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> StudentT.meanInterval(5, Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> StudentT.meanInterval(5, 1, -1));
    }

    @Test
    void meanIntervalCoversTheTruthAboutAsOftenAsItSays() {
        SplittableRandom random = new SplittableRandom(5);
        int covered = 0;
        for (int run = 0; run < 3_000; run++) {
            double[] values = new double[8];
            Arrays.setAll(values, i -> 10 + 3 * random.nextGaussian());
            covered += StudentT.meanInterval(values).orElseThrow().contains(10) ? 1 : 0;
        }
        assertThat(covered / 3_000.0).isBetween(0.938, 0.962);
    }

    /** Tables of the sign test: the median of 10 lies between ranks 2 and 9, of 20 between 6 and 15. */
    @ParameterizedTest(name = "q{1} of {0}")
    @CsvSource({"6, 0.5, 1, 6", "10, 0.5, 2, 9", "20, 0.5, 6, 15", "25, 0.5, 8, 18", "100, 0.5, 40, 61"})
    void medianRanksAreAsTabulated(long n, double q, long low, long high) {
        assertThat(QuantileRanks.of(n, q)).hasValue(new QuantileRanks(low, high));
    }

    @Test
    void quantileRanksAreUnknownWithTooFewObservations() {
        assertThat(QuantileRanks.of(5, 0.5)).isEmpty();
        assertThat(QuantileRanks.of(100, 0.99)).isEmpty();
        assertThat(QuantileRanks.of(0, 0.5)).isEmpty();
        assertThat(QuantileRanks.of(1_000, 0.99)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> QuantileRanks.of(10, 1));
    }

    @ParameterizedTest(name = "q{1} of {0}")
    @CsvSource({"30, 0.5", "200, 0.95", "1000, 0.95", "1000, 0.99", "400, 0.5"})
    void quantileRanksCoverTheTruthAboutAsOftenAsTheySay(int n, double q) {
        SplittableRandom random = new SplittableRandom(9);
        QuantileRanks ranks = QuantileRanks.of(n, q).orElseThrow();
        int covered = 0;
        int runs = 2_000;
        for (int run = 0; run < runs; run++) {
            long below = RateIntervalsTest.draw(random, q, n); // observations under the quantile
            covered += below >= ranks.low() && below < ranks.high() ? 1 : 0;
        }
        assertThat((double) covered / runs).isBetween(0.94, 0.985);
    }
}
