package dev.assay.platform.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import dev.assay.contracts.common.v1.Decimal;
import dev.assay.contracts.kpi.v1.Measure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WindowStateTest {
    private static final int CALLS = 500;

    /** What one call adds, or with sign -1 takes back. */
    private record Call(long micros, boolean good, BigDecimal cost, long tokens, int second) {
        void contribute(WindowState window, int sign) {
            window.add(Measure.MEASURE_CALLS, sign, good ? sign : 0);
            window.observeMicros(Measure.MEASURE_LATENCY, micros, sign);
            window.add(Measure.MEASURE_LIST_COST, sign, sign);
            window.addSum(Measure.MEASURE_LIST_COST, sign > 0 ? cost : cost.negate());
            window.add(Measure.MEASURE_INPUT_TOKENS, sign, 0);
            window.addSum(Measure.MEASURE_INPUT_TOKENS, sign * tokens);
            window.addBucket(Measure.MEASURE_STARTS_PER_SECOND, second, sign);
        }
    }

    private static List<Call> calls(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            BigDecimal cost = new BigDecimal(BigInteger.valueOf(random.nextLong(10_000_000)), random.nextInt(-2, 12));
            calls.add(new Call(
                    (long) Math.exp(13 + random.nextGaussian()),
                    random.nextInt(20) > 0,
                    cost,
                    random.nextLong(100_000),
                    random.nextInt(60)));
        }
        return calls;
    }

    private static WindowState windowOf(List<Call> calls) {
        WindowState window = new WindowState();
        calls.forEach(call -> call.contribute(window, 1));
        return window;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void hasTheSameBytesInAnyOrderAndPartition(long seed) {
        List<Call> calls = calls(seed);
        byte[] clean = windowOf(calls).toBytes();
        for (int round = 0; round < 10; round++) {
            Random random = new Random(seed * 100 + round);
            Collections.shuffle(calls, random);
            List<WindowState> parts = new ArrayList<>();
            for (int i = 0; i < 1 + random.nextInt(40); i++) {
                parts.add(new WindowState());
            }
            for (Call call : calls) {
                WindowState part = parts.get(random.nextInt(parts.size()));
                call.contribute(part, 1);
            }
            Collections.shuffle(parts, random);
            WindowState merged = new WindowState();
            parts.forEach(part -> merged.plus(WindowState.parse(part.toBytes())));
            assertThat(merged.toBytes()).isEqualTo(clean);
        }
    }

    /** A revision comes through another source: its part goes below zero, the sum is right. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void takesBackThroughAnotherSource(long seed) {
        List<Call> calls = calls(seed);
        WindowState first = windowOf(calls);
        WindowState second = new WindowState();
        List<Call> revised = calls(seed + 1000);
        calls.forEach(call -> call.contribute(second, -1));
        revised.forEach(call -> call.contribute(second, 1));
        WindowState stored = WindowState.parse(first.toBytes()).plus(WindowState.parse(second.toBytes()));
        assertThat(stored.toBytes()).isEqualTo(windowOf(revised).toBytes());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void isEmptyWhenAllIsTakenBack(long seed) {
        List<Call> calls = calls(seed);
        WindowState window = windowOf(calls);
        Collections.shuffle(calls, new Random(seed));
        calls.forEach(call -> call.contribute(window, -1));
        assertThat(window.isEmpty()).isTrue();
        assertThat(window.toBytes()).isEmpty();
        assertThat(window).isEqualTo(new WindowState());

        WindowState subtracted = windowOf(calls);
        subtracted.minus(subtracted.copy());
        assertThat(subtracted.isEmpty()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void comesBackFromItsBytesAndItsMessage(long seed) {
        WindowState window = windowOf(calls(seed));
        assertThat(WindowState.parse(window.toBytes()).toBytes()).isEqualTo(window.toBytes());
        assertThat(WindowState.fromProto(window.toProto())).isEqualTo(window);
        assertThat(window.toProto().toByteArray()).isEqualTo(window.toBytes());
    }

    @Test
    void keepsSumsExact() {
        WindowState window = new WindowState();
        for (int i = 0; i < 10; i++) {
            window.addSum(Measure.MEASURE_LIST_COST, new BigDecimal("0.1"));
        }
        assertThat(window.get(Measure.MEASURE_LIST_COST).sum()).isEqualTo(BigDecimal.ONE);

        window.addSum(Measure.MEASURE_INPUT_TOKENS, Long.MAX_VALUE);
        window.addSum(Measure.MEASURE_INPUT_TOKENS, Long.MAX_VALUE);
        window.addSum(Measure.MEASURE_INPUT_TOKENS, 2L);
        assertThat(window.get(Measure.MEASURE_INPUT_TOKENS).sum()).isEqualTo(new BigDecimal("18446744073709551616"));
        assertThat(WindowState.parse(window.toBytes())).isEqualTo(window);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 127, 128, -128, -129, 32767, 32768, Long.MAX_VALUE, Long.MIN_VALUE})
    void writesWholeSumsAsDecimalsDo(long sum) {
        WindowState window = new WindowState();
        window.addSum(Measure.MEASURE_CSAT, sum);
        Decimal written = sum == 0
                ? Decimal.newBuilder()
                        .setUnscaled(ByteString.copyFrom(new byte[] {0}))
                        .build()
                : window.toProto().getMeasures(0).getSum();
        assertThat(written.getUnscaled().toByteArray())
                .isEqualTo(BigInteger.valueOf(sum).toByteArray());
        WindowState negated = new WindowState().minus(window);
        assertThat(negated.get(Measure.MEASURE_CSAT).sum())
                .isEqualTo(BigDecimal.valueOf(sum).negate());
    }

    @Test
    void writesTrailingZerosNever() {
        WindowState one = new WindowState();
        one.addSum(Measure.MEASURE_LIST_COST, new BigDecimal("1E+3"));
        WindowState other = new WindowState();
        other.addSum(Measure.MEASURE_LIST_COST, new BigDecimal("1000.000"));
        WindowState whole = new WindowState();
        whole.addSum(Measure.MEASURE_LIST_COST, 1000L);
        assertThat(one.toBytes()).isEqualTo(other.toBytes()).isEqualTo(whole.toBytes());
    }

    @Test
    void keepsTheValueOfObservationsBeyondItsHistogram() {
        WindowState window = new WindowState();
        window.observeMicros(Measure.MEASURE_LATENCY, 0, 1);
        window.observeMicros(Measure.MEASURE_LATENCY, 2 * ExponentialHistogram.MAX_VALUE, 1);
        MeasureState latency = window.get(Measure.MEASURE_LATENCY);
        assertThat(latency.sum()).isEqualTo(BigDecimal.valueOf(2 * ExponentialHistogram.MAX_VALUE));
        assertThat(latency.buckets()).hasToString("{-1=1, 2325=1}");
    }

    @Test
    void refusesWhatItCannotHold() {
        WindowState window = new WindowState();
        refused("-5", () -> window.observeMicros(Measure.MEASURE_LATENCY, -5, 1));
        refused("sign", () -> window.observeMicros(Measure.MEASURE_LATENCY, 5, 2));
        refused("digits", () -> window.addSum(Measure.MEASURE_LIST_COST, new BigDecimal("1E-101")));
        refused("digits", () -> window.addSum(Measure.MEASURE_LIST_COST, new BigDecimal("1E+999999999")));
        assertThat(window.isEmpty()).isTrue();
    }

    private static void refused(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(message);
    }

    @Test
    void keepsMeasuresOfLaterVersions() {
        byte[] later = dev.assay.contracts.kpi.v1.WindowState.newBuilder()
                .addMeasures(dev.assay.contracts.kpi.v1.MeasureState.newBuilder()
                        .setMeasureValue(4711)
                        .setCount(3)
                        .addBucketIndex(7)
                        .addBucketCount(3))
                .build()
                .toByteArray();
        WindowState window = WindowState.parse(later);
        assertThat(window.toBytes()).isEqualTo(later);
        assertThat(window.plus(WindowState.parse(later))
                        .toProto()
                        .getMeasures(0)
                        .getCount())
                .isEqualTo(6);
    }

    @Test
    void readsWhatIsNotCanonical() {
        var unsorted = dev.assay.contracts.kpi.v1.WindowState.newBuilder()
                .addMeasures(measure(Measure.MEASURE_LATENCY).addBucketIndex(9).addBucketCount(1))
                .addMeasures(measure(Measure.MEASURE_CALLS).setCount(2))
                .addMeasures(measure(Measure.MEASURE_LATENCY)
                        .addAllBucketIndex(List.of(9, -4, 0))
                        .addAllBucketCount(List.of(1L, 5L, 1L)))
                .build();
        WindowState window = WindowState.fromProto(unsorted);
        assertThat(window.get(Measure.MEASURE_LATENCY).buckets()).hasToString("{5=6, 9=2}");
        assertThat(window.toProto().getMeasures(0).getMeasure()).isEqualTo(Measure.MEASURE_CALLS);
    }

    private static dev.assay.contracts.kpi.v1.MeasureState.Builder measure(Measure measure) {
        return dev.assay.contracts.kpi.v1.MeasureState.newBuilder().setMeasure(measure);
    }

    @Test
    void refusesBytesThatAreNoWindow() {
        refused(
                "not a window state",
                () -> WindowState.fromProto(dev.assay.contracts.kpi.v1.WindowState.newBuilder()
                        .addMeasures(measure(Measure.MEASURE_LATENCY).addBucketIndex(1))
                        .build()));
        refused(
                "not a window state",
                () -> WindowState.fromProto(dev.assay.contracts.kpi.v1.WindowState.newBuilder()
                        .addMeasures(measure(Measure.MEASURE_LATENCY)
                                .setSum(Decimal.newBuilder().setUnscaled(ByteString.copyFrom(new byte[200]))))
                        .build()));
        refused(
                "not a window state",
                () -> WindowState.fromProto(dev.assay.contracts.kpi.v1.WindowState.newBuilder()
                        .addMeasures(measure(Measure.MEASURE_LATENCY)
                                .addAllBucketIndex(List.of(Integer.MAX_VALUE, 1))
                                .addAllBucketCount(List.of(1L, 1L)))
                        .build()));
    }

    /** Truncated and mutated bytes are refused with the one exception, or read as some window; nothing else happens. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2})
    void survivesBrokenBytes(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] good = windowOf(calls(seed).subList(0, 20)).toBytes();
        for (int round = 0; round < 8_000; round++) {
            byte[] bytes = Arrays.copyOf(good, round < good.length ? round : good.length);
            for (int i = round < good.length ? 0 : 1 + random.nextInt(4); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                WindowState read = WindowState.parse(bytes);
                assertThat(WindowState.parse(read.toBytes())).isEqualTo(read);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageMatching("(?s)(not a window state|a summed value).*");
            }
        }
    }

    /** The bytes of a small window, frozen: stored rows must stay readable and comparable. */
    @Test
    void hasGoldenBytes() {
        WindowState window = new WindowState();
        new Call(812_400, true, new BigDecimal("0.0123"), 42, 7).contribute(window, 1);
        new Call(90_000, false, new BigDecimal("0.0077"), 1, 7).contribute(window, 1);
        String golden = "0a06" + "0801" + "1004" + "1802" // calls: count 2 (zigzag 4), good 1
                + "0a15" + "0803" + "1004" // latency: count 2
                + "2205" + "0a030dc500" // sum 902,400 = 0x0dc500
                + "2a04" + "ba109603" // buckets 1053 and, 203 further, 1256
                + "3202" + "0202" // one each
                + "0a08" + "0806" + "2a010e" + "320104" // starts per second: 2 in second 7
                + "0a09" + "0808" + "1004" + "2203" + "0a012b" // input tokens: count 2, sum 43
                + "0a0d" + "081e" + "1004" + "1804" + "2205" + "0a0102" + "1002"; // cost: 2 x 10^-2
        assertThat(HexFormat.of().formatHex(window.toBytes())).isEqualTo(golden);
    }
}
