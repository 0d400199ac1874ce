package dev.assay.quality.domain.tradeoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.quality.domain.tradeoff.ParetoFront.Alternative;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParetoFrontTest {
    @Test
    void leavesOutWhatIsWorseInOneRespectAndBetterInNone() {
        assertThat(ParetoFront.of(List.of(
                        new Alternative(1, 0.5),
                        new Alternative(2, 0.9),
                        new Alternative(2, 0.8), // as dear as the one before, and worse
                        new Alternative(3, 0.9), // as good, and dearer
                        new Alternative(4, 0.95),
                        new Alternative(1, 0.5)))) // another just like the first
                .containsExactlyInAnyOrder(0, 1, 4, 5);
        assertThat(ParetoFront.of(List.of())).isEmpty();
        assertThat(ParetoFront.of(List.of(new Alternative(9, 0)))).containsExactly(0);
        assertThatThrownBy(() -> new Alternative(Double.NaN, 0)).hasMessageContaining("must be finite");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void isWhatNoOtherDominates(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int run = 0; run < 200; run++) {
            List<Alternative> all = new ArrayList<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                all.add(new Alternative(random.nextInt(6), random.nextInt(6))); // few values: many equal ones
            }
            Set<Integer> plain = new HashSet<>();
            for (int i = 0; i < all.size(); i++) {
                Alternative it = all.get(i);
                boolean dominated = all.stream()
                        .anyMatch(other -> other.cost() <= it.cost()
                                && other.gain() >= it.gain()
                                && (other.cost() < it.cost() || other.gain() > it.gain()));
                if (!dominated) {
                    plain.add(i);
                }
            }
            assertThat(ParetoFront.of(all)).isEqualTo(plain);
        }
    }
}
