package dev.assay.alert.domain.evaluation;

import static dev.assay.contracts.kpi.v1.Measure.MEASURE_CALLS;
import static dev.assay.contracts.kpi.v1.Measure.MEASURE_LIST_COST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.kpi.v1.Measure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClocksTest {
    private static final Instant NOW = Instant.parse("2026-03-11T12:00:00Z");
    private static final long MINUTE = 60_000_000L;

    private static SourceTick tick(int partition, String source, int ageSeconds, long minute, Measure measure) {
        return new SourceTick(
                partition,
                source,
                NOW.minusSeconds(ageSeconds),
                minute * MINUTE,
                Map.of("acme", (minute + 1) * MINUTE + 59_999_999),
                Set.of(measure));
    }

    @Test
    void aClockIsTheSmallestOverTheSourcesThatCarryTheMetric() {
        Clocks clocks = new Clocks(List.of(
                tick(0, "ingest/a/0", 0, 100, MEASURE_CALLS),
                tick(0, "ingest/a/1", 0, 97, MEASURE_CALLS),
                tick(0, "cost/a/0", 0, 90, MEASURE_LIST_COST)));

        assertThat(clocks.minute("acme", Set.of(MEASURE_CALLS))).hasValue(98);
        assertThat(clocks.minute("acme", Set.of(MEASURE_LIST_COST))).hasValue(91);
        assertThat(clocks.minute("other", Set.of(MEASURE_CALLS))).hasValue(97);
        assertThat(clocks.minute("acme", Set.of(Measure.MEASURE_ACCURACY))).isEqualTo(OptionalLong.empty());
    }

    @Test
    void aClockWaitsForThePartitionThatIsBehind() {
        Clocks clocks = new Clocks(
                List.of(tick(0, "ingest/a/0", 0, 100, MEASURE_CALLS), tick(1, "ingest/a/0", 60, 99, MEASURE_CALLS)));

        assertThat(clocks.minute("acme", Set.of(MEASURE_CALLS))).hasValue(100);
    }

    @Test
    void aSourceSilentForThreeMinutesIsLeftOut() {
        List<SourceTick> almost =
                List.of(tick(0, "ingest/a/0", 0, 100, MEASURE_CALLS), tick(0, "ingest/a/1", 179, 50, MEASURE_CALLS));
        List<SourceTick> silent =
                List.of(tick(0, "ingest/a/0", 0, 100, MEASURE_CALLS), tick(0, "ingest/a/1", 180, 50, MEASURE_CALLS));

        assertThat(new Clocks(almost).minute("acme", Set.of(MEASURE_CALLS))).hasValue(51);
        assertThat(new Clocks(silent).minute("acme", Set.of(MEASURE_CALLS))).hasValue(101);
        assertThat(new Clocks(silent).silent()).containsExactly("ingest/a/1");
        assertThat(new Clocks(List.of()).minute("acme", Set.of(MEASURE_CALLS))).isEmpty();
    }
}
