package dev.assay.quality.domain.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.platform.stats.Interval;
import dev.assay.platform.stats.RoganGladen;
import dev.assay.quality.domain.judge.Agreement.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgreementTest {

    /**
     * 400 responses are judged, 50 of them labelled: the truth must lie in the interval. Runs in which the labels are too
     * one-sided to correct anything are not counted, as no interval is given then.
     */
    @ParameterizedTest(name = "truth {0}, judge {1}/{2}, biased {3}")
    @CsvSource({
        "0.90, 0.95, 0.80, true",
        "0.85, 0.90, 0.70, true",
        "0.70, 0.85, 0.75, true",
        "0.50, 0.80, 0.80, false",
        "0.80, 0.98, 0.95, false",
        "0.60, 0.99, 0.60, true"
    })
    void coversTheTruthWithFiftyLabels(double truth, double sensitivity, double specificity, boolean biased) {
        SplittableRandom random = new SplittableRandom(17);
        int counted = 0;
        int covered = 0;
        int plain = 0;
        for (int run = 0; run < 2_000; run++) {
            List<Pair> labelled = new ArrayList<>();
            int found = 0;
            for (int i = 0; i < 400; i++) {
                boolean good = random.nextDouble() < truth;
                boolean called = random.nextDouble() < (good ? sensitivity : 1 - specificity);
                found += called ? 1 : 0;
                if (i < 50) {
                    labelled.add(new Pair(good ? 5 : 2, called ? 4 : 1));
                }
            }
            WeightedRate judged = WeightedRate.of(400, 400, found, 400);
            plain += interval(judged).contains(truth) ? 1 : 0;
            Optional<RoganGladen.Judge> judge = Agreement.of(labelled).judge();
            if (judge.isPresent()) {
                Interval interval = interval(judged.corrected(judge.get()));
                counted++;
                covered += interval.contains(truth) ? 1 : 0;
            }
        }
        assertThat((double) covered / counted).isGreaterThanOrEqualTo(0.94);
        assertThat(counted).isGreaterThan(1_000);
        if (biased) { // the judge's own rate, taken for the truth, is not covered: that is why it is corrected
            assertThat(plain / 2_000.0).isLessThan(0.94);
        }
    }

    private static Interval interval(WeightedRate rate) {
        return Objects.requireNonNull(rate.ci95());
    }

    @Test
    void tellsWhereTheyDiffer() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            pairs.add(new Pair(5, 4));
        }
        for (int i = 0; i < 10; i++) {
            pairs.add(new Pair(4, 2));
        }
        for (int i = 0; i < 20; i++) {
            pairs.add(new Pair(1, i < 15 ? 1 : 5));
        }
        Agreement agreement = Agreement.of(pairs);
        assertThat(agreement.labels()).isEqualTo(60);
        assertThat(agreement.goodByBoth()).isEqualTo(30);
        assertThat(agreement.goodByPersonAlone()).isEqualTo(10);
        assertThat(agreement.goodByJudgeAlone()).isEqualTo(5);
        assertThat(agreement.table()[4][3]).isEqualTo(30);
        RoganGladen.Judge judge = agreement.judge().orElseThrow();
        assertThat(judge.sensitivity()).isEqualTo(0.75);
        assertThat(judge.specificity()).isEqualTo(0.75);
        // observed 45 of 60 agree; by chance (40*35 + 20*25) / 3600
        double chance = (40.0 * 35 + 20 * 25) / 3_600;
        assertThat(agreement.kappa().orElseThrow().kappa()).isCloseTo((0.75 - chance) / (1 - chance), within(1e-12));
        assertThat(agreement.weightedKappa()).isPresent();
    }

    @Test
    void correctsNothingOnTooFewOrTooOneSidedLabels() {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < 45; i++) {
            pairs.add(new Pair(5, 5));
        }
        for (int i = 0; i < 4; i++) {
            pairs.add(new Pair(1, 1));
        }
        assertThat(Agreement.of(pairs).judge()).isEmpty(); // 49
        pairs.add(new Pair(5, 5));
        assertThat(Agreement.of(pairs).judge()).isEmpty(); // 50, but 4 bad ones
        pairs.add(new Pair(2, 2));
        assertThat(Agreement.of(pairs).judge()).isPresent();
        assertThat(Agreement.of(List.of()).kappa()).isEmpty();
    }

    /** All 50 flagged ones were judged, and a tenth of 950 others: unweighted the rate would be far too low. */
    @Test
    void weighsWhatWasSampledByWhatItStandsFor() {
        long n = 50 + 95;
        WeightedRate rate = WeightedRate.of(n, 50 + 950, 10 + 900, 50 + 95 * 100);
        assertThat(rate.rate()).isCloseTo(0.91, within(1e-12));
        assertThat(rate.effective()).isEqualTo(104); // 1000² / 9550
        assertThat(interval(rate).high() - interval(rate).low()).isGreaterThan(0.1);
        assertThat(WeightedRate.of(0, 0, 0, 0).rate()).isNull();
    }
}
