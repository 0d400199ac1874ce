package dev.assay.ingest.domain.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.assay.contracts.control.v1.AppCapacity;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.WindowState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CapacityUseTest {
    private static CapacityLimit limit(@Nullable Double maxRps, @Nullable Long maxConcurrent) {
        return new CapacityLimit("shop", "", "", "", "", maxRps, maxConcurrent);
    }

    @Test
    void tellsTheLastMinuteAndThePeaks() {
        List<MinuteLoad> minutes =
                List.of(new MinuteLoad(0, 600, 9, 4), new MinuteLoad(1, 1_200, 3, 1), new MinuteLoad(2, 300, 8, 2));
        CapacityUse use = CapacityUse.of(limit(20.0, 10L), minutes);
        assertThat(use.rps()).isEqualTo(5); // 300 calls in a minute: a figure that also falls
        assertThat(use.peakRps()).isEqualTo(20);
        assertThat(use.concurrency()).isEqualTo(2);
        assertThat(use.peakConcurrency()).isEqualTo(9);
        assertThat(use.rpsUtilization()).isEqualTo(0.25);
        assertThat(use.concurrencyUtilization()).isEqualTo(0.8);
        assertThat(use.headroomRps()).isEqualTo(15);
        assertThat(use.headroomConcurrency()).isEqualTo(2);
        assertThat(use.isAtCapacity(0.8)).isFalse();
        assertThat(use.isAtCapacity(0.79)).isTrue();
    }

    @Test
    void leavesOutWhatIsNotLimited() {
        CapacityUse use = CapacityUse.of(limit(null, 2L), List.of(new MinuteLoad(0, 60, 5, 0)));
        assertThat(use.rpsUtilization()).isNull();
        assertThat(use.headroomRps()).isNull();
        assertThat(use.concurrencyUtilization()).isEqualTo(2.5); // more than was thought possible
        assertThat(use.headroomConcurrency()).isZero();
        WindowState window = UtilizationMeasures.of(limit(null, 2L), new MinuteLoad(0, 60, 5, 0));
        assertThat(window.get(Measure.MEASURE_RPS_UTILIZATION).isZero()).isTrue();
        assertThat(window.get(Measure.MEASURE_CONCURRENCY_UTILIZATION).sum()).isEqualByComparingTo("2.5");
        assertThat(UtilizationMeasures.in(window)).isEqualTo(window);
    }

    @Test
    void foretellsWhenARisingUtilizationReachesAll() {
        // 0.30, 0.31, … 0.59: at one percent a minute the other 41 last 41 minutes
        List<Double> rising =
                IntStream.range(0, 30).mapToObj(i -> 0.30 + i / 100.0).toList();
        assertThat(UtilizationTrend.timeToExhaustion(rising))
                .hasValueSatisfying(time -> assertThat(time.toSeconds())
                        .isCloseTo(Duration.ofMinutes(41).toSeconds(), within(1L)));
        List<Double> falling =
                IntStream.range(0, 30).mapToObj(i -> 0.60 - i / 100.0).toList();
        assertThat(UtilizationTrend.timeToExhaustion(falling)).isEmpty();
        assertThat(UtilizationTrend.timeToExhaustion(List.of(0.2, 0.4, 0.6))).isEmpty(); // too few to be a trend
        assertThat(UtilizationTrend.timeToExhaustion(List.of(0.2, 1.1))).hasValue(Duration.ZERO);
        assertThat(UtilizationTrend.timeToExhaustion(List.of())).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void seesNoTrendInALevelThatWobbles(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int foretold = 0;
        for (int round = 0; round < 200; round++) {
            List<Double> level = new ArrayList<>();
            for (int minute = 0; minute < 60; minute++) {
                level.add(0.5 + random.nextDouble(-0.1, 0.1));
            }
            foretold += UtilizationTrend.timeToExhaustion(level).isPresent() ? 1 : 0;
        }
        assertThat(foretold).isLessThan(14); // 2.5 % by chance are 5 of 200
    }

    @Test
    void refusesALimitOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> limit(null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> limit(Double.NaN, null));
        assertThatIllegalArgumentException().isThrownBy(() -> limit(null, 0L));
        assertThat(CapacityLimit.of(AppCapacity.newBuilder().setApp("shop").build()))
                .isNull();
        assertThat(CapacityLimit.of(limit(2.5, 3L).toProto())).isEqualTo(limit(2.5, 3L));
    }
}
