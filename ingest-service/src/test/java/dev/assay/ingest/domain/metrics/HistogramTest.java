package dev.assay.ingest.domain.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistogramTest {
    /** 4 observations up to 1, 4 between 1 and 2, 2 beyond. */
    private static final Histogram TEN = new Histogram(List.of(1.0, 2.0), List.of(4L, 4L, 2L));

    @ParameterizedTest(name = "{0} of the observations lie below {1}")
    @CsvSource({"0.2, 0.5", "0.4, 1.0", "0.5, 1.25", "0.8, 2.0", "0.95, 2.0"})
    void tellsQuantilesWithinItsBuckets(double q, double value) {
        assertThat(TEN.quantile(q)).isEqualTo(OptionalDouble.of(value));
    }

    @Test
    void knowsNoQuantileOfNothing() {
        assertThat(new Histogram(List.of(1.0), List.of(0L, 0L)).quantile(0.5)).isEmpty();
        assertThat(new Histogram(List.of(), List.of(3L)).quantile(0.5)).isEmpty();
    }

    @Test
    void addsAndTakesBack() {
        Histogram twice = TEN.plus(TEN, 1);
        assertThat(twice.buckets()).containsExactly(8L, 8L, 4L);
        assertThat(twice.plus(TEN, -1)).isEqualTo(TEN);
    }

    @Test
    void doesNotMixBounds() {
        Histogram other = new Histogram(List.of(1.0, 3.0), List.of(0L, 0L, 0L));
        assertThatThrownBy(() -> TEN.plus(other, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Histogram(List.of(1.0), List.of(1L)))
                .hasMessageContaining("one bucket more than bounds");
    }
}
