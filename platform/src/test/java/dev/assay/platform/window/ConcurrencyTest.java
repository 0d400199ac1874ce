package dev.assay.platform.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.kpi.v1.Measure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConcurrencyTest {
    private static final long BASE = 1_000_000 * Minutes.MICROS;
    private static final long SECOND = 1_000_000;

    private final Map<Long, WindowState> minutes = new TreeMap<>();

    private void call(long start, @Nullable Long end, int sign) {
        Concurrency.contribute(
                BASE + start,
                end == null ? null : BASE + end,
                sign,
                minute -> minutes.computeIfAbsent(minute, m -> new WindowState()));
    }

    private WindowState minute(long minute) {
        return minutes.getOrDefault(1_000_000 + minute, new WindowState());
    }

    private Concurrency.Level level(long minute) {
        return Concurrency.sweep(minute(minute));
    }

    @Test
    void marksEveryMinuteThatACallSpans() {
        call(30 * SECOND, 150 * SECOND, 1); // half of minute 0, minute 1, half of minute 2
        assertThat(minutes).hasSize(3);
        assertThat(level(0)).isEqualTo(new Concurrency.Level(1, 1));
        assertThat(level(1)).isEqualTo(new Concurrency.Level(1, 1));
        assertThat(level(2)).isEqualTo(new Concurrency.Level(1, 0));
        assertThat(level(3)).isEqualTo(new Concurrency.Level(0, 0));
    }

    @Test
    void doesNotTouchTheMinuteThatACallEndsAtTheStartOf() {
        call(30 * SECOND, 60 * SECOND, 1);
        assertThat(minutes.keySet()).containsExactly(1_000_000L);
    }

    @Test
    void countsCallsThatFollowEachOtherAsOne() {
        call(0, 10 * SECOND, 1);
        call(10 * SECOND, 20 * SECOND, 1);
        call(20 * SECOND, 30 * SECOND, 1);
        assertThat(level(0).peak()).isEqualTo(1);
    }

    @Test
    void countsAShortCallAsAMillisecondAndAnEmptyOneNotAtAll() {
        call(0, 10L, 1);
        assertThat(level(0)).isEqualTo(new Concurrency.Level(1, 0));
        minutes.clear();
        call(0, 0L, 1);
        call(5, 4L, 1);
        assertThat(minutes).isEmpty();
    }

    @Test
    void closesACallWithoutAnEndAfterTenMinutesUntilItsEndIsKnown() {
        call(0, null, 1);
        assertThat(level(9).end()).isEqualTo(1);
        assertThat(level(10)).isEqualTo(new Concurrency.Level(0, 0));
        call(0, null, -1);
        call(0, 90 * SECOND, 1);
        assertThat(level(1)).isEqualTo(new Concurrency.Level(1, 0));
        assertThat(level(2)).isEqualTo(new Concurrency.Level(0, 0));
        assertThat(minute(5).isEmpty()).isTrue();
    }

    @Test
    void boundsTheMinutesThatOneCallMarks() {
        call(0, 400L * 24 * 60 * Minutes.MICROS, 1);
        assertThat(minutes).hasSize(24 * 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void findsThePeakThatCountingMillisecondsFinds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] open = new int[10 * 60_000];
        List<Map<Long, WindowState>> sources = List.of(new HashMap<>(), new HashMap<>(), new HashMap<>());
        for (int i = 0; i < 300; i++) {
            int start = random.nextInt(open.length - 1);
            int end = Math.min(open.length, start + 1 + (int) Math.exp(random.nextDouble() * 12));
            for (int ms = start; ms < end; ms++) {
                open[ms]++;
            }
            Map<Long, WindowState> source = sources.get(random.nextInt(3));
            Concurrency.contribute(
                    BASE + start * 1_000L,
                    BASE + end * 1_000L,
                    1,
                    m -> source.computeIfAbsent(m, key -> new WindowState()));
        }
        for (int minute = 0; minute < 10; minute++) {
            WindowState merged = new WindowState();
            for (Map<Long, WindowState> source : sources) {
                merged.plus(source.getOrDefault(1_000_000L + minute, new WindowState()));
            }
            int peak = 0;
            for (int ms = minute * 60_000; ms < (minute + 1) * 60_000; ms++) {
                peak = Math.max(peak, open[ms]);
            }
            assertThat(Concurrency.sweep(merged))
                    .isEqualTo(new Concurrency.Level(peak, open[(minute + 1) * 60_000 - 1]));
        }
    }

    @Test
    void countsStartsBySecond() {
        WindowState minute = new WindowState();
        Concurrency.contributeStart(BASE + 59_999_999, 1, minute);
        Concurrency.contributeStart(BASE + 59_000_000, 1, minute);
        Concurrency.contributeStart(BASE, 1, minute);
        assertThat(minute.get(Measure.MEASURE_STARTS_PER_SECOND).buckets()).hasToString("{0=1, 59=2}");
        assertThat(Concurrency.peakStartsPerSecond(minute)).isEqualTo(2);
        Concurrency.contributeStart(BASE + 59_000_000, -1, minute);
        assertThat(Concurrency.peakStartsPerSecond(minute)).isEqualTo(1);
    }

    @Test
    void foldsMinutesWithoutMixingThem() {
        call(0, 120 * SECOND, 1);
        call(70 * SECOND, 80 * SECOND, 1);
        MinuteFold fold = new MinuteFold(new MinuteScan(UptimeRule.DEFAULT));
        for (long minute = 1; minute >= 0; minute--) { // in any order
            WindowState row = minute(minute);
            boolean down = minute == 1;
            row.add(Measure.MEASURE_CALLS, 10, down ? 1 : 10);
            Concurrency.contributeStart(0, 1, row);
            fold.add(1_000_000 + minute, row.toBytes());
        }
        assertThat(fold.summary()).isEqualTo(new MinuteSummary(2, 1, 1, 1, 1));
        assertThat(fold.total().get(Measure.MEASURE_CALLS).count()).isEqualTo(20);
        assertThat(fold.total().get(Measure.MEASURE_CONCURRENCY).isZero()).isTrue();
        assertThat(fold.total().get(Measure.MEASURE_STARTS_PER_SECOND).isZero()).isTrue();
    }

    @Test
    void keepsWhatBelongsToTheMinuteIfThereIsOnlyOne() {
        call(0, 10 * SECOND, 1);
        MinuteFold fold = new MinuteFold(new MinuteScan(UptimeRule.DEFAULT));
        fold.add(1_000_000, minute(0).toBytes());
        assertThat(fold.total()).isEqualTo(minute(0));
        assertThat(new MinuteFold(null).summary()).isEqualTo(MinuteSummary.NONE);
    }
}
