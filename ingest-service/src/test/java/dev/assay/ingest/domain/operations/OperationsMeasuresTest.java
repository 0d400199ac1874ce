package dev.assay.ingest.domain.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.contracts.llm.v1.UsageState;
import dev.assay.platform.window.WindowState;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OperationsMeasuresTest {
    private static final long MINUTE = 29_400_000; // since the epoch
    private static final long SECOND = 1_000_000;
    private static final long START = MINUTE * 60 * SECOND + 58 * SECOND;

    private final Map<Long, WindowState> minutes = new TreeMap<>();

    @Test
    void countsAFinishedCall() {
        add(call().setInputTokens(25).setOutputTokens(12).setTtftUs(500_000).build(), 1);

        WindowState window = minutes.get(MINUTE);
        assertThat(window.get(Measure.MEASURE_CALLS).count()).isEqualTo(1);
        assertThat(window.get(Measure.MEASURE_CALLS).good()).isEqualTo(1);
        assertThat(window.get(Measure.MEASURE_LATENCY).sum()).isEqualByComparingTo("4000000");
        assertThat(window.get(Measure.MEASURE_TTFT).count()).isEqualTo(1);
        assertThat(window.get(Measure.MEASURE_INPUT_TOKENS).sum()).isEqualByComparingTo("25");
        assertThat(window.get(Measure.MEASURE_STARTS_PER_SECOND).buckets().get(58))
                .isEqualTo(1);
        assertThat(window.get(Measure.MEASURE_USAGE_MISSING).good()).isZero();
        assertThat(minutes.get(MINUTE + 1).get(Measure.MEASURE_CONCURRENCY).count())
                .as("open when the next minute starts")
                .isEqualTo(1);
    }

    @Test
    void countsAnErrorByItsClass() {
        add(call().setStatus(Status.STATUS_ERROR).setErrorClass("rate_limit").build(), 1);

        WindowState window = minutes.get(MINUTE);
        assertThat(window.get(Measure.MEASURE_CALLS).good()).isZero();
        assertThat(window.get(Measure.MEASURE_ERROR_CLASS).buckets().get(1)).isEqualTo(1);
    }

    @Test
    void countsACancelledCallApart() {
        add(call().setStatus(Status.STATUS_ERROR).setErrorClass("cancelled").build(), 1);

        WindowState window = minutes.get(MINUTE);
        assertThat(window.get(Measure.MEASURE_CANCELLED).count()).isEqualTo(1);
        assertThat(window.get(Measure.MEASURE_CALLS).count()).isZero();
        assertThat(window.get(Measure.MEASURE_LATENCY).count()).isZero();
    }

    @Test
    void saysWhenUsageIsNotReported() {
        add(call().setUsageState(UsageState.USAGE_STATE_ESTIMATED).build(), 1);

        assertThat(minutes.get(MINUTE).get(Measure.MEASURE_USAGE_MISSING).good())
                .isEqualTo(1);
        assertThat(minutes.get(MINUTE).get(Measure.MEASURE_INPUT_TOKENS).count())
                .as("unknown is not zero")
                .isZero();
    }

    @Test
    void takesBackExactlyWhatItAdded() {
        Call call = call().setInputTokens(25)
                .setOutputTokens(12)
                .setCacheReadTokens(16)
                .setCacheWriteTokens(1)
                .setReasoningTokens(4)
                .setTtftUs(500_000)
                .setTpotUs(40_000)
                .setStatus(Status.STATUS_ERROR)
                .build();
        add(call, 1);
        add(call, -1);

        assertThat(minutes.values()).allMatch(WindowState::isEmpty);
    }

    private void add(Call call, int sign) {
        OperationsMeasures.contribute(
                call, sign, (tenant, dimensions, minute) -> minutes.computeIfAbsent(minute, m -> new WindowState()));
    }

    private static Call.Builder call() {
        return Call.newBuilder()
                .setEnvelope(Envelope.newBuilder().setTenant("shop").setEventId("c"))
                .setStartTimeUs(START)
                .setEndTimeUs(START + 4 * SECOND)
                .setDurationUs(4 * SECOND)
                .setUsageState(UsageState.USAGE_STATE_REPORTED);
    }
}
