package dev.assay.quality.domain.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.assay.platform.stats.ChiSquareFit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentTest {
    private static final List<Variant> VARIANTS = List.of(new Variant("control", 70), new Variant("new", 30));

    private static String assigned(String experiment, String unit) {
        return Assignment.of(experiment, experiment, 0, Assignment.SLOTS, VARIANTS, unit)
                .orElseThrow()
                .name();
    }

    /** Worked out by SHA-256 outside of this code: clients may rely on it. */
    @Test
    void isTheSameForEver() {
        assertThat(Assignment.slot("e1", "user-1")).isEqualTo(1722);
        assertThat(assigned("e1", "user-1")).isEqualTo(assigned("e1", "user-1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "0f2c"})
    void splitsByWeight(String experiment) {
        long[] counts = new long[2];
        for (int i = 0; i < 20_000; i++) {
            counts[assigned(experiment, "user-" + i).equals("control") ? 0 : 1]++;
        }
        assertThat(ChiSquareFit.test(counts, new double[] {70, 30})
                        .orElseThrow()
                        .pValue())
                .isGreaterThan(0.001);
    }

    /** Who got the new variant in one experiment gets it in another no more often than anyone else. */
    @Test
    void isIndependentBetweenExperiments() {
        long[] counts = new long[2];
        for (int i = 0; i < 40_000; i++) {
            String unit = "user-" + i;
            if (assigned("first", unit).equals("new")) {
                counts[assigned("second", unit).equals("control") ? 0 : 1]++;
            }
        }
        assertThat(ChiSquareFit.test(counts, new double[] {70, 30})
                        .orElseThrow()
                        .pValue())
                .isGreaterThan(0.001);
    }

    @Test
    void putsNoUnitInTwoExperimentsOfAGroup() {
        int inFirst = 0;
        int inSecond = 0;
        for (int i = 0; i < 10_000; i++) {
            String unit = "user-" + i;
            boolean first =
                    Assignment.of("e1", "group", 0, 5_000, VARIANTS, unit).isPresent();
            boolean second =
                    Assignment.of("e2", "group", 5_000, 8_000, VARIANTS, unit).isPresent();
            assertThat(first && second).as(unit).isFalse();
            inFirst += first ? 1 : 0;
            inSecond += second ? 1 : 0;
        }
        assertThat(inFirst).isBetween(4_800, 5_200);
        assertThat(inSecond).isBetween(2_800, 3_200);
    }

    @Test
    void refusesBadVariants() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Variant(" ", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new Variant("a", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Variant("a", Double.NaN));
    }
}
