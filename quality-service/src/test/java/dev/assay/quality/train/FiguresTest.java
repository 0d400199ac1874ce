package dev.assay.quality.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void areThoseOfTheLabels() {
        // above 0.5: two findings, one other; below: one finding, two others
        Figures figures = Figures.of(
                "x",
                new double[] {0.9, 0.8, 0.7, 0.4, 0.3, 0.1},
                new boolean[] {true, false, true, true, false, false},
                0.5);
        assertThat(figures.precision()).isEqualTo(2.0 / 3);
        assertThat(figures.recall()).isEqualTo(2.0 / 3);
        assertThat(figures.falseAlarmRate()).isEqualTo(1.0 / 3);
        // of nine pairs, the finding is above in 3 + 2 + 2
        assertThat(figures.auc()).isCloseTo(7.0 / 9, within(1e-12));
    }

    @Test
    void countTiesHalf() {
        assertThat(Figures.auc(new double[] {1, 1}, new boolean[] {true, false}))
                .isEqualTo(0.5);
    }

    @Test
    void areUnknownOfOneClassAlone() {
        Figures figures = Figures.of("x", new double[] {1, 0}, new boolean[] {false, false}, 0.5);
        assertThat(figures.auc()).isNull();
        assertThat(figures.recall()).isNull();
        assertThat(figures.falseAlarmRate()).isEqualTo(0.5);
    }

    @Test
    void haveTheIntervalOfHanleyAndMcNeil() {
        // their paper's example: area 0.893 with 51 abnormal and 58 normal images has a standard error of 0.032
        double[] interval = Figures.interval(0.893, 51, 58);
        assertThat((interval[1] - interval[0]) / 2 / 1.96).isCloseTo(0.032, within(0.001));
    }
}
