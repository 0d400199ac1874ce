package dev.assay.platform.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Iterator;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BucketsTest {

    /** Random additions, merges and subtractions, against a sorted map. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void areWhatASortedMapWouldHold(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Buckets buckets = new Buckets();
        TreeMap<Integer, Long> plain = new TreeMap<>();
        for (int round = 0; round < 500; round++) {
            if (random.nextInt(3) > 0) {
                int index = random.nextInt(-20, 40);
                long n = random.nextInt(-3, 4);
                buckets.add(index, n);
                plain.merge(index, n, Long::sum);
            } else {
                Buckets other = new Buckets();
                boolean plus = random.nextBoolean();
                for (int i = random.nextInt(8); i > 0; i--) {
                    int index = random.nextInt(-20, 40);
                    other.add(index, 1);
                    plain.merge(index, plus ? 1L : -1L, Long::sum);
                }
                if (plus) {
                    buckets.plus(other);
                } else {
                    buckets.minus(other);
                }
            }
            plain.values().removeIf(n -> n == 0);
            assertHolds(buckets, plain);
        }
    }

    /** Many changes in a row, close together and far apart, between looks. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void areWhatASortedMapWouldHoldAfterManyChangesInARow(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Buckets buckets = new Buckets();
        TreeMap<Integer, Long> plain = new TreeMap<>();
        for (int round = 0; round < 200; round++) {
            for (int change = random.nextInt(40); change > 0; change--) {
                int reach = random.nextInt(20) == 0 ? 1_000_000 : 600;
                int index = random.nextInt(-reach, reach);
                if (random.nextInt(3) > 0) {
                    long n = random.nextInt(-2, 3);
                    buckets.add(index, n);
                    plain.merge(index, n, Long::sum);
                } else {
                    Buckets other = new Buckets();
                    for (int i = random.nextInt(30); i > 0; i--) {
                        other.add(index + i, 1);
                        plain.merge(index + i, 1L, Long::sum);
                    }
                    buckets.plus(other);
                }
            }
            if (random.nextInt(10) == 0) {
                buckets.minus(buckets);
                plain.clear();
            }
            plain.values().removeIf(n -> n == 0);
            assertHolds(buckets, plain);
        }
    }

    private static void assertHolds(Buckets buckets, TreeMap<Integer, Long> plain) {
        assertThat(buckets.size()).isEqualTo(plain.size());
        assertThat(buckets.total())
                .isEqualTo(plain.values().stream().mapToLong(Long::longValue).sum());
        Iterator<Map.Entry<Integer, Long>> entries = plain.entrySet().iterator();
        for (int i = 0; i < buckets.size(); i++) {
            Map.Entry<Integer, Long> entry = entries.next();
            assertThat(buckets.indexAt(i)).isEqualTo(entry.getKey());
            assertThat(buckets.countAt(i)).isEqualTo(entry.getValue());
            assertThat(buckets.get(entry.getKey())).isEqualTo(entry.getValue());
        }
    }

    @Test
    void mergeIntoThemselves() {
        Buckets buckets = new Buckets();
        buckets.add(3, 5);
        buckets.add(-1, 2);
        buckets.plus(buckets);
        assertThat(buckets).hasToString("{-1=4, 3=10}");
        buckets.minus(buckets);
        assertThat(buckets.isEmpty()).isTrue();
    }

    @Test
    void haveNoPositionBehindTheLast() {
        Buckets buckets = new Buckets();
        buckets.add(1, 1);
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> buckets.indexAt(1));
        assertThat(buckets.get(2)).isZero();
    }
}
