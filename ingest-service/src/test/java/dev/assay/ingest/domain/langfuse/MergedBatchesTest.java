package dev.assay.ingest.domain.langfuse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.ingest.domain.ledger.LedgerWorld;
import dev.assay.ingest.json.JsonValues;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A create and its updates come to one call, in any order, with each batch sent twice. */
class MergedBatchesTest {
    private static final JsonValues JSON = new JsonValues();

    /** As the SDKs before OpenTelemetry send a streamed generation: usage and first token come in the update only. */
    private static final List<String> BATCH = List.of(
            "{'id':'i1','type':'trace-create','timestamp':'2026-11-24T18:00:00Z','body':{'id':'t1','userId':'u1','sessionId':'s1',"
                    + "'tags':['beta'],'environment':'prod'}}",
            "{'id':'i2','type':'span-create','timestamp':'2026-11-24T18:00:00Z','body':{'id':'s1','traceId':'t1','name':'answer',"
                    + "'startTime':'2026-11-24T18:00:00Z'}}",
            "{'id':'i3','type':'generation-create','timestamp':'2026-11-24T18:00:00.010Z','body':{'id':'g1','traceId':'t1',"
                    + "'parentObservationId':'s1','startTime':'2026-11-24T18:00:00.010Z','model':'gpt-4o','input':'2+2?'}}",
            "{'id':'i4','type':'generation-update','timestamp':'2026-11-24T18:00:02Z','body':{'id':'g1',"
                    + "'completionStartTime':'2026-11-24T18:00:00.510Z','endTime':'2026-11-24T18:00:01.610Z','output':'4',"
                    + "'usageDetails':{'input':25,'input_cached_tokens':16,'output':12,'output_reasoning_tokens':4,'total':37}}}",
            "{'id':'i5','type':'span-update','timestamp':'2026-11-24T18:00:02Z','body':{'id':'s1','endTime':'2026-11-24T18:00:02Z'}}");

    private static Call record(String item) {
        Map<?, ?> fields = (Map<?, ?>) JSON.read(item.replace('\'', '"'));
        BatchItem mapped = new BatchMapper(JSON).map(String.valueOf(fields.get("id")), fields);
        Call.Builder call = ((BatchItem.Observed) mapped).call();
        Envelope.Builder envelope = call.getEnvelopeBuilder().setTenant("shop").setReceivedTimeUs(1);
        if (call.hasStartTimeUs()) {
            envelope.setEventTimeUs(call.getStartTimeUs());
        }
        return call.build();
    }

    private static LedgerWorld fold(List<Call> records, Random random, int partitions) {
        LedgerWorld world = new LedgerWorld(partitions);
        records.forEach(world::send);
        world.run(random);
        return world;
    }

    @Test
    void makesOneCallOfACreateAndItsUpdates() {
        LedgerWorld world = fold(BATCH.stream().map(MergedBatchesTest::record).toList(), new Random(0), 1);
        Call call = world.calls().get("g1");
        assertThat(call.getInputTokens()).isEqualTo(25);
        assertThat(call.getOutputTokens()).isEqualTo(12);
        assertThat(call.getCacheReadTokens()).isEqualTo(16);
        assertThat(call.getReasoningTokens()).isEqualTo(4);
        assertThat(call.getDurationUs()).isEqualTo(1_600_000);
        assertThat(call.getTtftUs()).isEqualTo(500_000);
        assertThat(call.getTpotUs()).isEqualTo(100_000); // 1.1 s over 11 tokens
        assertThat(call.getStatus()).isEqualTo(Status.STATUS_OK);
        assertThat(call.getInput()).contains("2+2?");
        assertThat(call.getOutput()).contains("4");
        assertThat(call.getUserId()).isEqualTo("u1");
        assertThat(call.getSessionId()).isEqualTo("s1");
        assertThat(call.getTagsList()).containsExactly("beta");
        assertThat(call.getEnvironment()).isEqualTo("prod");
        assertThat(world.counts().accepted()).isEqualTo(3);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void comesToTheSameInAnyOrderWithEachBatchTwice(long seed) {
        Random random = new Random(seed);
        List<Call> records = BATCH.stream().map(MergedBatchesTest::record).toList();
        LedgerWorld clean = fold(records, random, 1);
        for (int round = 0; round < 40; round++) {
            List<Call> twice = new ArrayList<>(records);
            twice.addAll(records);
            Collections.shuffle(twice, random);
            LedgerWorld world = fold(twice, random, 3);
            assertThat(world.calls()).isEqualTo(clean.calls());
            assertThat(world.windows()).isEqualTo(clean.windows());
            assertThat(world.counts().accepted()).isEqualTo(3);
            assertThat(world.counts().duplicate()).isEqualTo(7);
        }
    }

    @Test
    void keepsAnErrorThatALaterUpdateDoesNotMention() {
        List<String> items = new ArrayList<>(BATCH);
        items.add(
                "{'id':'i6','type':'generation-update','timestamp':'2026-11-24T18:00:01Z','body':{'id':'g1','level':'ERROR','statusMessage':'Error:"
                        + " 500'}}");
        LedgerWorld world = fold(items.stream().map(MergedBatchesTest::record).toList(), new Random(0), 2);
        assertThat(world.calls().get("g1").getStatus()).isEqualTo(Status.STATUS_ERROR);
    }
}
