package dev.assay.quality.domain.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.WindowState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgedScoresTest {
    @Test
    void areGoodFromFourOn() {
        WindowState window = new WindowState();
        for (int score = 1; score <= 5; score++) {
            JudgedScores.of(Map.of("accuracy", score, "tone", 5)).addTo(window, 1);
        }
        assertThat(window.get(Measure.MEASURE_ACCURACY).count()).isEqualTo(5);
        assertThat(window.get(Measure.MEASURE_ACCURACY).good()).isEqualTo(2);
        assertThat(window.get(Measure.MEASURE_ACCURACY).sum()).isEqualByComparingTo("15");
        assertThat(window.get(Measure.MEASURE_ACCURACY).buckets().get(400)).isEqualTo(1);
        assertThat(window.get(Measure.MEASURE_HELPFULNESS).isZero()).isTrue();
    }

    @Test
    void areOneToFive() {
        assertThatThrownBy(() -> JudgedScores.of(Map.of("accuracy", 0))).hasMessageContaining("1 to 5, got: 0");
        assertThatThrownBy(() -> JudgedScores.of(Map.of("accuracy", 6))).hasMessageContaining("1 to 5, got: 6");
        assertThatThrownBy(() -> new JudgedScores(Map.of(Measure.MEASURE_TOXICITY, 3)))
                .hasMessageContaining("not a judged measure");
        assertThat(JudgedScores.of(Map.of("tone", 3)).isEmpty()).isTrue();
    }

    /** Corrections in any order leave what a window would be that had only ever seen the last scores. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void areTakenBackExactly(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> criteria = List.copyOf(JudgedScores.MEASURES.keySet());
        WindowState corrected = new WindowState();
        List<JudgedScores> present = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            if (!present.isEmpty() && random.nextInt(3) == 0) {
                present.remove(random.nextInt(present.size())).addTo(corrected, -1);
            } else {
                JudgedScores scores =
                        JudgedScores.of(Map.of(criteria.get(random.nextInt(criteria.size())), random.nextInt(1, 6)));
                scores.addTo(corrected, 1);
                present.add(scores);
            }
        }
        WindowState once = new WindowState();
        present.forEach(scores -> scores.addTo(once, 1));
        assertThat(corrected.toBytes()).isEqualTo(once.toBytes());
        present.forEach(scores -> scores.addTo(corrected, -1));
        assertThat(corrected.isEmpty()).isTrue();
    }

    /**
     * A quarter of the responses is flagged, and bad; the rest is good. Judged are all flagged ones and a tenth of the others:
     * their plain share would be about a quarter good, what the rate sampled is three quarters good.
     */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void ofWhatTheRateSampledEstimateTheShareThatFlaggedOnesWouldBias(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Sampling sampling = new Sampling(0.1, true);
        Sampling byRate = new Sampling(0.1, false);
        int judged = 0;
        int judgedGood = 0;
        WindowState window = new WindowState();
        for (int i = 0; i < 20_000; i++) {
            UUID event = new UUID(random.nextLong(), random.nextLong());
            boolean flagged = i % 4 == 0;
            if (sampling.weight(event, flagged) > 0) {
                judged++;
                judgedGood += flagged ? 0 : 1;
                if (byRate.weight(event, false) > 0) {
                    JudgedScores.of(Map.of("accuracy", flagged ? 1 : 5)).addTo(window, 1);
                }
            }
        }
        assertThat((double) judgedGood / judged).isLessThan(0.3);
        double share = (double) window.get(Measure.MEASURE_ACCURACY).good()
                / window.get(Measure.MEASURE_ACCURACY).count();
        assertThat(share).isCloseTo(0.75, within(0.05));
    }
}
