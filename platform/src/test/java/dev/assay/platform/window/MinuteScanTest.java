package dev.assay.platform.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.UnknownFieldSet;
import dev.assay.contracts.kpi.v1.Measure;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MinuteScanTest {
    private static final long MINUTE = 29_000_000;
    private static final long START = MINUTE * Minutes.MICROS;

    private final MinuteScan scan = new MinuteScan(UptimeRule.DEFAULT);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void readsWhatTheMergedWindowTells(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 50; round++) { // the same scan each time: nothing may be left from before
            ByteArrayOutputStream rows = new ByteArrayOutputStream();
            WindowState merged = new WindowState();
            for (int row = random.nextInt(5); row > 0; row--) {
                WindowState window = row(random);
                rows.writeBytes(window.toBytes());
                merged.plus(window);
            }
            assertThat(scan.read(rows.toByteArray())).isEqualTo(MinuteFold.summaryOf(merged, UptimeRule.DEFAULT));
            assertThat(WindowState.parse(rows.toByteArray())).isEqualTo(merged);
        }
    }

    private static WindowState row(SplittableRandom random) {
        WindowState window = new WindowState();
        WindowState elsewhere = new WindowState();
        for (int call = random.nextInt(60); call > 0; call--) {
            int sign = random.nextInt(5) == 0 ? -1 : 1; // a source may take back what another added
            long start = START + random.nextLong(-40_000_000, 60_000_000);
            long end = start + random.nextLong(1, 200_000_000);
            Concurrency.contribute(start, end, sign, minute -> minute == MINUTE ? window : elsewhere);
            Concurrency.contributeStart(start, sign, window);
            window.add(Measure.MEASURE_CALLS, sign, random.nextInt(2) * sign);
            window.observeMicros(Measure.MEASURE_LATENCY, end - start, sign);
            window.add(Measure.MEASURE_INPUT_TOKENS, sign, 0);
            window.addSum(Measure.MEASURE_INPUT_TOKENS, 1L << random.nextInt(40));
        }
        return window;
    }

    @Test
    void readsOtherFormsOfTheSameWindow() {
        WindowState window = row(new SplittableRandom(9));
        byte[] withMore = window.toProto().toBuilder()
                .setUnknownFields(UnknownFieldSet.newBuilder()
                        .addField(
                                99,
                                UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                        .build())
                .build()
                .toByteArray();
        assertThat(scan.read(withMore)).isEqualTo(MinuteFold.summaryOf(window, UptimeRule.DEFAULT));
    }

    @Test
    void refusesWhatIsCutShort() {
        byte[] bytes = row(new SplittableRandom(3)).toBytes();
        assertThatIllegalArgumentException().isThrownBy(() -> scan.read(Arrays.copyOf(bytes, bytes.length - 1)));
        assertThat(scan.read(new byte[0])).isEqualTo(MinuteSummary.NONE);
    }

    @ParameterizedTest(name = "{0} calls, {1} good, {2} heartbeats, {3} answered: {4} up, {5} down")
    @CsvSource({
        "10, 10, 0, 0, 1, 0",
        "10,  4, 0, 0, 0, 1", // six of ten failed
        " 4,  0, 0, 0, 0, 0", // too few calls to say so
        " 4,  0, 2, 2, 1, 0", // then the heartbeats say
        " 0,  0, 2, 0, 0, 1",
        " 0,  0, 2, 1, 1, 0", // not more than half
        "10,  0, 2, 2, 0, 1", // what callers saw comes first
        " 0,  0, 0, 0, 0, 0",
    })
    void judgesTheMinuteByTrafficThenByHeartbeats(
            long calls, long good, long heartbeats, long answered, long up, long down) {
        WindowState window = new WindowState();
        window.add(Measure.MEASURE_CALLS, calls, good);
        window.add(Measure.MEASURE_HEARTBEATS, heartbeats, answered);
        MinuteSummary summary = scan.read(window.toBytes());
        assertThat(summary.upMinutes()).isEqualTo(up);
        assertThat(summary.downMinutes()).isEqualTo(down);
        assertThat(MinuteFold.summaryOf(window, UptimeRule.DEFAULT)).isEqualTo(summary);
    }
}
