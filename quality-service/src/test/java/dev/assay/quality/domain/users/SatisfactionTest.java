package dev.assay.quality.domain.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.kpi.KpiCatalogue;
import dev.assay.platform.kpi.KpiValue;
import dev.assay.platform.window.TimeRange;
import dev.assay.platform.window.WindowState;
import org.junit.jupiter.api.Test;

class SatisfactionTest {
    @Test
    void readsThumbsAsStarsUnlessThereAreStars() {
        assertThat(Satisfaction.stars(null, true)).isEqualTo(5);
        assertThat(Satisfaction.stars(null, false)).isEqualTo(1);
        assertThat(Satisfaction.stars(3, true)).isEqualTo(3);
        assertThat(Satisfaction.stars(null, null)).isNull();
    }

    @Test
    void givesCsatWithDistribution() {
        WindowState window = new WindowState();
        for (int stars : new int[] {5, 5, 4, 3, 1}) {
            new Satisfaction(stars, null).addTo(window, 1);
        }
        KpiValue mean = KpiCatalogue.get("csat_mean").compute(window, TimeRange.ofMinute(0));
        assertThat(mean.asDouble()).hasValue(3.6);
        assertThat(mean.distribution())
                .containsEntry("5", 2L)
                .containsEntry("2", 0L)
                .containsEntry("1", 1L);
        assertThat(KpiCatalogue.get("csat_satisfied_ratio")
                        .compute(window, TimeRange.ofMinute(0))
                        .asDouble())
                .hasValue(0.6);
    }

    @Test
    void givesNpsOfPromotersAndDetractors() {
        WindowState window = new WindowState();
        for (int nps : new int[] {10, 9, 9, 8, 7, 6, 0, 10}) {
            new Satisfaction(null, nps).addTo(window, 1);
        }
        // four promoters, two detractors, of eight
        assertThat(KpiCatalogue.get("nps")
                        .compute(window, TimeRange.ofMinute(0))
                        .asDouble())
                .hasValue(25);
    }

    @Test
    void ofNoRatingsIsUnknownNotZero() {
        WindowState window = new WindowState();
        new Satisfaction(null, null).addTo(window, 1);
        assertThat(window.isEmpty()).isTrue();
        assertThat(KpiCatalogue.get("csat_mean")
                        .compute(window, TimeRange.ofMinute(0))
                        .value())
                .isNull();
        assertThat(KpiCatalogue.get("nps")
                        .compute(window, TimeRange.ofMinute(0))
                        .value())
                .isNull();
    }

    @Test
    void isTakenBackExactly() {
        WindowState window = new WindowState();
        new Satisfaction(4, 7).addTo(window, 1);
        new Satisfaction(4, 7).addTo(window, -1);
        new TaskResult(true, 1_234_567).addTo(window, 1);
        new TaskResult(true, 1_234_567).addTo(window, -1);
        assertThat(window.isEmpty()).isTrue();
    }

    @Test
    void refusesWhatIsNoRating() {
        assertThatThrownBy(() -> new Satisfaction(0, null)).hasMessageContaining("1 to 5");
        assertThatThrownBy(() -> new Satisfaction(6, null)).hasMessageContaining("1 to 5");
        assertThatThrownBy(() -> new Satisfaction(null, 11)).hasMessageContaining("0 to 10");
        assertThatThrownBy(() -> new TaskResult(true, -1)).hasMessageContaining(">= 0");
    }

    @Test
    void timesSuccessesOnly() {
        WindowState window = new WindowState();
        new TaskResult(true, 2_000_000).addTo(window, 1);
        new TaskResult(false, 900_000_000).addTo(window, 1);
        assertThat(window.get(Measure.MEASURE_TASK_SUCCESS).count()).isEqualTo(2);
        assertThat(window.get(Measure.MEASURE_TASK_SUCCESS).good()).isEqualTo(1);
        assertThat(window.get(Measure.MEASURE_TIME_TO_COMPLETION).count()).isEqualTo(1);
    }
}
