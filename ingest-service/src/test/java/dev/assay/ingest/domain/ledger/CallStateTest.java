package dev.assay.ingest.domain.ledger;

import static dev.assay.ingest.domain.ledger.Calls.SECOND;
import static dev.assay.ingest.domain.ledger.Calls.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.RecordKind;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.contracts.llm.v1.UsageState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallStateTest {

    @Test
    void joinsACreateAndItsUpdate() {
        Call create = update(1)
                .setStartTimeUs(START)
                .setRequestModel("gpt-4o")
                .setUserId("ada")
                .build();
        Call update = update(2)
                .setEndTimeUs(START + 3 * SECOND)
                .setInputTokens(25)
                .setOutputTokens(12)
                .build();

        Call call = merged(update, create);

        assertThat(call.getRequestModel()).isEqualTo("gpt-4o");
        assertThat(call.getUserId()).isEqualTo("ada");
        assertThat(call.getDurationUs()).isEqualTo(3 * SECOND);
        assertThat(call.getInputTokens()).isEqualTo(25);
        assertThat(call.getUsageState()).isEqualTo(UsageState.USAGE_STATE_REPORTED);
    }

    @Test
    void letsTheLaterUpdateWinAndKeepsWhatItDoesNotSay() {
        Call early = update(1)
                .setOutput("draft")
                .setInput("question")
                .setOutputTokens(5)
                .build();
        Call late = update(2).setOutput("answer").setOutputTokens(7).build();

        Call call = merged(late, early);

        assertThat(call.getOutput()).isEqualTo("answer");
        assertThat(call.getOutputTokens()).isEqualTo(7);
        assertThat(call.getInput()).isEqualTo("question");
    }

    @Test
    void believesASpanOverALogRecord() {
        Call log = Calls.call("c")
                .setRecordKind(RecordKind.RECORD_KIND_LOG)
                .setInput("from the log")
                .build();
        Call span = Calls.call("c")
                .setRecordKind(RecordKind.RECORD_KIND_SPAN)
                .setKind(Kind.KIND_AGENT)
                .setCountable(false)
                .build();

        Call call = merged(span, log);

        assertThat(call.getKind()).isEqualTo(Kind.KIND_AGENT);
        assertThat(call.getCountable())
                .as("belongs to the kind, and false is a value")
                .isFalse();
        assertThat(call.getInput()).isEqualTo("from the log");
    }

    @Test
    void takesAnErrorAsAWhole() {
        Call failed = update(1)
                .setStatus(Status.STATUS_ERROR)
                .setErrorClass("timeout")
                .setErrorMessage("gave up")
                .build();
        Call repaired = update(2).setStatus(Status.STATUS_OK).build();

        assertThat(merged(failed, repaired).getErrorMessage()).isEmpty();
    }

    @Test
    void mergesMetadataEntryByEntry() {
        Call one = update(1).putMetadata("team", "a").putMetadata("step", "1").build();
        Call two = update(2).putMetadata("step", "2").build();

        assertThat(merged(two, one).getMetadataMap())
                .containsOnly(java.util.Map.entry("team", "a"), java.util.Map.entry("step", "2"));
    }

    @Test
    void saysUsageIsMissingUntilSomebodyTells() {
        Call silent = update(2).setUsageState(UsageState.USAGE_STATE_MISSING).build();
        Call telling = update(1).setInputTokens(3).build();

        assertThat(CallState.of(silent).call().getUsageState()).isEqualTo(UsageState.USAGE_STATE_MISSING);
        assertThat(merged(silent, telling).getUsageState()).isEqualTo(UsageState.USAGE_STATE_REPORTED);
    }

    @Test
    void derivesTimePerTokenFromTheWholeCall() {
        Call call = CallState.of(
                        Calls.call("c").setTtftUs(SECOND).setOutputTokens(11).build())
                .call();

        assertThat(call.getTpotUs()).isEqualTo(100_000); // (2 s - 1 s) / 10
    }

    @Test
    void keepsTheDurationOfTheSendersNanoseconds() {
        Call record = Calls.call("c").setDurationUs(2 * SECOND - 1).build();

        assertThat(CallState.of(record).call().getDurationUs()).isEqualTo(2 * SECOND - 1);
    }

    @Test
    void isTheSameStateAfterARecordThatSaysNothingNew() {
        CallState state = CallState.of(Calls.call("c").setInputTokens(5).build());
        Call resent = Calls.call("c").setInputTokens(5).build().toBuilder().build();
        resent = resent.toBuilder()
                .setEnvelope(resent.getEnvelope().toBuilder().setReceivedTimeUs(START + 500 * SECOND))
                .build();

        assertThat(state.merge(CallState.of(resent))).isSameAs(state);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void comesToTheSameInAnyOrderGroupingAndRepetition(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<Call> records = new ArrayList<>();
            for (int i = 0; i < 2 + random.nextInt(5); i++) {
                records.add(RandomRecords.of("c", random));
            }
            CallState inOrder =
                    states(records).stream().reduce(CallState::merge).orElseThrow();

            List<Call> again = new ArrayList<>(records);
            again.addAll(records.subList(0, random.nextInt(records.size())));
            Collections.shuffle(again, random);
            CallState grouped = inRandomGroups(states(again), random);

            assertThat(grouped.parts()).isEqualTo(inOrder.parts());
            assertThat(Canonical.bytes(grouped.call())).isEqualTo(Canonical.bytes(inOrder.call()));
            assertThat(CallState.ofParts(grouped.parts()).merge(inOrder)).isEqualTo(inOrder);
        }
    }

    private static List<CallState> states(List<Call> records) {
        return records.stream().map(CallState::of).toList();
    }

    private static CallState inRandomGroups(List<CallState> states, Random random) {
        List<CallState> left = new ArrayList<>(states);
        while (left.size() > 1) {
            CallState one = left.remove(random.nextInt(left.size()));
            int with = random.nextInt(left.size());
            left.set(with, left.get(with).merge(one));
        }
        return left.get(0);
    }

    private static Call merged(Call one, Call other) {
        Call call = CallState.of(one).merge(CallState.of(other)).call();
        assertThat(CallState.of(other).merge(CallState.of(one)).call()).isEqualTo(call);
        return call;
    }

    private static Call.Builder update(long time) {
        return Calls.record("c").setRecordKind(RecordKind.RECORD_KIND_UPDATE).setUpdateTimeUs(time);
    }
}
