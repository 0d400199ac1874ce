package dev.assay.ingest.domain.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.common.v1.Dimensions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeriesLimitTest {

    @Test
    void takesEveryValueUnderTheLimit() {
        SeriesLimit limit = new SeriesLimit(2);

        assertThat(limit.admit(series("shop", "gpt-4o"))).isEqualTo(series("shop", "gpt-4o"));
        assertThat(limit.admit(series("shop", "gpt-5"))).isEqualTo(series("shop", "gpt-5"));
    }

    @Test
    void foldsTheMostVariedDimensionFirst() {
        SeriesLimit limit = new SeriesLimit(3);
        limit.know(List.of(series("shop", "a"), series("shop", "b"), series("blog", "c")));

        assertThat(limit.admit(series("shop", "d"))).isEqualTo(series("shop", "other"));
        assertThat(limit.admit(series("shop", "a"))).as("still its own").isEqualTo(series("shop", "a"));
    }

    @Test
    void staysBoundedWhateverComes() {
        SeriesLimit limit = new SeriesLimit(80);
        Set<Dimensions> counted = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            counted.add(limit.admit(series("app" + i % 997, "model" + i)));
        }

        assertThat(counted).hasSizeLessThanOrEqualTo(80 + 10 + 1);
        assertThat(limit.admit(series("appX", "modelX"))).isEqualTo(series("other", "other"));
    }

    private static Dimensions series(String app, String model) {
        return Dimensions.newBuilder().setApp(app).setModel(model).build();
    }
}
