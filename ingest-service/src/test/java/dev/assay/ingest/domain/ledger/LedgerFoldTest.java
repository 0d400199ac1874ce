package dev.assay.ingest.domain.ledger;

import static dev.assay.ingest.domain.ledger.Calls.SECOND;
import static dev.assay.ingest.domain.ledger.Calls.START;
import static dev.assay.ingest.domain.ledger.Calls.span;
import static dev.assay.ingest.domain.ledger.Calls.wrapper;
import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.contracts.llm.v1.RecordKind;
import dev.assay.ingest.domain.ledger.LedgerEntry.Sent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerFoldTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void comesToTheSameCallsWindowsAndCountsInAnyOrderWithAnyDuplicates(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 25; round++) {
            List<Call> records = RandomTraces.records(random);
            LedgerWorld clean = new LedgerWorld(1);
            records.forEach(clean::send);
            clean.run(random);

            List<Call> messy = new ArrayList<>(records);
            for (Call record : records) {
                for (int copies = random.nextInt(4); copies > 0; copies--) {
                    messy.add(record);
                }
            }
            Collections.shuffle(messy, random);
            LedgerWorld world = new LedgerWorld(3);
            messy.forEach(world::send);
            world.run(random);

            assertThat(world.calls()).isEqualTo(clean.calls());
            assertThat(world.windows()).isEqualTo(clean.windows());
            assertThat(world.counts().accepted()).isEqualTo(distinctIds(records));
            assertThat(world.counts().accepted() + world.counts().duplicate()).isEqualTo(messy.size());
            assertThat(world.counts().superseded()).isEqualTo(clean.counts().superseded());
            assertThat(world.receivedCalls(random)).isEqualTo(counting(world.calls()));
        }
    }

    @Test
    void countsANewCallOnce() {
        LedgerOutcome outcome = fold(List.of(), Calls.call("c").build());

        assertThat(outcome.changes()).hasSize(1);
        LedgerChange change = outcome.changes().get(0);
        assertThat(change.after().sent()).isEqualTo(Sent.CALL);
        assertThat(change.after().isPlain()).isTrue();
        CallRevised message = change.message().orElseThrow();
        assertThat(message.getRevision().getPosition()).as("offset + 1").isEqualTo(101);
        assertThat(message.getLedgerDay()).isEqualTo(20416); // 2025-11-24
        assertThat(message.getCall().getDimensions().getModel()).isEqualTo("gpt-4o-mini");
        assertThat(outcome.counts().get(Calls.TENANT)).isEqualTo(EventCounts.ACCEPTED);
    }

    @Test
    void changesNothingForADuplicate() {
        LedgerEntry stored =
                fold(List.of(), Calls.call("c").build()).changes().get(0).after();

        LedgerOutcome outcome = fold(List.of(stored), Calls.call("c").build());

        assertThat(outcome.changes()).isEmpty();
        assertThat(outcome.counts().get(Calls.TENANT)).isEqualTo(EventCounts.DUPLICATE);
    }

    @Test
    void withdrawsACallWhoseTokensAnotherSpanOwns() {
        Call outer = span("t", "a", "").setInputTokens(25).build();
        Call inner = span("t", "b", "a").setInputTokens(25).build();
        LedgerEntry counted = fold(List.of(), outer).changes().get(0).after();

        LedgerOutcome outcome = fold(List.of(counted), inner);

        LedgerChange withdrawn = changeOf(outcome, "t:a");
        assertThat(withdrawn.message().orElseThrow().getWithdrawn().getSupersededBy())
                .isEqualTo("t:b");
        assertThat(withdrawn.after().sent()).isEqualTo(Sent.WITHDRAWN);
        assertThat(changeOf(outcome, "t:b").message().orElseThrow().hasCall()).isTrue();
        assertThat(outcome.counts().get(Calls.TENANT).superseded()).isEqualTo(1);
    }

    @Test
    void saysNothingOfAWrapperThatNeverCounted() {
        LedgerOutcome outcome = fold(List.of(), wrapper("t", "a", "").build());

        assertThat(outcome.changes().get(0).message()).isEmpty();
        assertThat(LedgerChange.message(outcome.changes().get(0).after())).isEmpty();
    }

    @Test
    void leavesAnUpdateWithoutItsTraceToTheTracesPartition() {
        Call create =
                span("t", "a", "").setRecordKind(RecordKind.RECORD_KIND_UPDATE).build();
        LedgerEntry stored = fold(List.of(), create).changes().get(0).after();
        Call update = Calls.call("t:a")
                .setRecordKind(RecordKind.RECORD_KIND_UPDATE)
                .setUpdateTimeUs(5)
                .setInputTokens(9)
                .build();

        LedgerOutcome here = fold(List.of(stored), update);

        assertThat(here.changes()).isEmpty();
        assertThat(here.forwards()).singleElement().satisfies(forward -> {
            assertThat(forward.key()).isEqualTo(new EventKey("shop/t"));
            assertThat(forward.arrival().call()).isEqualTo(update);
        });
        Arrival there = new Arrival(update, new EventKey("shop/t"), true, 200);
        LedgerOutcome merged = LedgerFold.fold(1, List.of(stored), List.of(there), Set.of(), (t, asked) -> asked);
        assertThat(merged.changes().get(0).after().call().getInputTokens()).isEqualTo(9);
        assertThat(merged.counts().get(Calls.TENANT).duplicate())
                .as("counted where it came in")
                .isZero();
    }

    @Test
    void raisesTheGenerationWhenAnotherPartitionChangesACall() {
        LedgerEntry stored =
                fold(List.of(), Calls.call("c").build()).changes().get(0).after();
        Call withTrace = Calls.call("c").setTraceId("t").build();

        LedgerOutcome outcome = LedgerFold.fold(
                2,
                List.of(stored),
                List.of(new Arrival(withTrace, EventKey.of(withTrace), false, 3)),
                Set.of(),
                (t, asked) -> asked);

        assertThat(outcome.changes().get(0).after().revision()).isEqualTo(new CallRevision(1, 2, 3));
    }

    @Test
    void lookedAtAloneInACrowdedTrace() {
        Call outer = span("t", "a", "").setInputTokens(25).build();
        Call inner = span("t", "b", "a").setInputTokens(25).build();

        LedgerOutcome outcome = LedgerFold.fold(
                1,
                List.of(),
                List.of(arrival(outer), arrival(inner)),
                Set.of(new LedgerFold.Trace(Calls.TENANT, "t")),
                (t, asked) -> asked);

        assertThat(outcome.changes()).allMatch(change -> change.after().counts());
    }

    @Test
    void movesACallBetweenMinutesWithoutATrace() {
        LedgerWorld world = new LedgerWorld(2);
        world.send(Calls.call("c").setRecordKind(RecordKind.RECORD_KIND_LOG).build());
        world.send(Calls.call("c")
                .setRecordKind(RecordKind.RECORD_KIND_SPAN)
                .setStartTimeUs(START - 90 * SECOND)
                .build());
        world.run(new Random(1));
        LedgerWorld clean = new LedgerWorld(1);
        clean.send(Calls.call("c")
                .setRecordKind(RecordKind.RECORD_KIND_SPAN)
                .setStartTimeUs(START - 90 * SECOND)
                .build());
        clean.run(new Random(1));

        assertThat(world.windows()).isEqualTo(clean.windows());
    }

    private static LedgerOutcome fold(List<LedgerEntry> stored, Call call) {
        return LedgerFold.fold(1, stored, List.of(arrival(call)), Set.of(), (tenant, asked) -> asked);
    }

    private static Arrival arrival(Call call) {
        return new Arrival(call, EventKey.of(call), false, 100);
    }

    private static LedgerChange changeOf(LedgerOutcome outcome, String eventId) {
        return outcome.changes().stream()
                .filter(change ->
                        change.after().call().getEnvelope().getEventId().equals(eventId))
                .findFirst()
                .orElseThrow();
    }

    private static int distinctIds(List<Call> records) {
        Set<String> ids = new HashSet<>();
        records.forEach(record -> ids.add(record.getEnvelope().getEventId()));
        return ids.size();
    }

    private static Map<String, Call> counting(Map<String, Call> calls) {
        Map<String, Call> counting = new TreeMap<>(calls);
        counting.values().removeIf(call -> !LedgerEntry.counts(call));
        return counting;
    }
}
