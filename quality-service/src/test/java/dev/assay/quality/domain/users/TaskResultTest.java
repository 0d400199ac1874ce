package dev.assay.quality.domain.users;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.WindowState;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskResultTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void manyTimesIsAsManyObservations(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        WindowState atOnce = new WindowState();
        WindowState oneByOne = new WindowState();
        for (int i = 0; i < 50; i++) {
            TaskResult task = new TaskResult(random.nextBoolean(), random.nextLong(100_000_000_000L));
            Satisfaction rating = new Satisfaction(random.nextInt(1, 6), random.nextInt(0, 11));
            int times = random.nextInt(1, 20);
            task.addTo(atOnce, times);
            rating.addTo(atOnce, times);
            for (int n = 0; n < times; n++) {
                observe(oneByOne, task);
                rating.addTo(oneByOne, 1);
            }
        }
        assertThat(atOnce.toProto()).isEqualTo(oneByOne.toProto());
    }

    private static void observe(WindowState window, TaskResult task) {
        window.add(Measure.MEASURE_TASK_SUCCESS, 1, task.success() ? 1 : 0);
        if (task.success()) {
            window.observeMicros(Measure.MEASURE_TIME_TO_COMPLETION, task.durationUs(), 1);
        }
    }

    @Test
    void whatIsTakenBackLeavesNothing() {
        WindowState window = new WindowState();
        new TaskResult(true, 5_000_000).addTo(window, 3);
        new TaskResult(true, 5_000_000).addTo(window, -3);
        assertThat(window.isEmpty()).isTrue();
        assertThatThrownBy(() -> new TaskResult(true, -1)).hasMessageContaining("durationUs must be >= 0, got: -1");
    }
}
