package dev.assay.platform.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BenjaminiHochbergTest {
    /** The fifteen p-values of the paper's section 3.2. */
    private static final double[] PAPER = {
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590,
        1.0000
    };

    @Test
    void rejectsFourHypothesesOfThePapersExample() {
        double[] adjusted = BenjaminiHochberg.adjust(PAPER);

        assertThat(Arrays.stream(adjusted).filter(q -> q <= 0.05).count()).isEqualTo(4);
        assertThat(adjusted[3]).isCloseTo(0.0095 * 15 / 4, within(1e-12));
        assertThat(Arrays.stream(Holm.adjust(PAPER)).filter(q -> q <= 0.05).count())
                .isEqualTo(3);
    }

    @Test
    void leavesASingleValueAndNoneAsTheyAre() {
        assertThat(BenjaminiHochberg.adjust(0.03)).containsExactly(0.03);
        assertThat(BenjaminiHochberg.adjust()).isEmpty();
    }

    @Test
    void growsWithTheValuesWhateverTheirOrder() {
        for (int seed = 0; seed < 500; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double[] values = random.doubles(1 + seed % 20).toArray();
            double[] adjusted = BenjaminiHochberg.adjust(values);
            for (int i = 0; i < values.length; i++) {
                assertThat(adjusted[i]).as("seed %d", seed).isBetween(values[i] - 1e-12, 1.0);
                for (int j = 0; j < values.length; j++) {
                    assertThat(values[i] >= values[j] || adjusted[i] <= adjusted[j])
                            .as("seed %d", seed)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void knowsTheTablesOfStudentsDistribution() {
        assertThat(StudentT.twoSided(2.228, 10)).isCloseTo(0.05, within(1e-4));
        assertThat(StudentT.twoSided(-4.604, 4)).isCloseTo(0.01, within(1e-4));
        assertThat(StudentT.twoSided(0, 3)).isEqualTo(1);
    }

    @Test
    void refusesWhatIsNoProbability() {
        assertThatIllegalArgumentException().isThrownBy(() -> BenjaminiHochberg.adjust(0.5, 1.5));
        assertThatIllegalArgumentException().isThrownBy(() -> BenjaminiHochberg.adjust(Double.NaN));
    }
}
