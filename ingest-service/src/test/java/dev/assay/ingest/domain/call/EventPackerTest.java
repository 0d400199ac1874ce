package dev.assay.ingest.domain.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.llm.v1.AcceptedEvents;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.domain.ledger.EventKey;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventPackerTest {
    private static Call call(String id, int bytes) {
        return Call.newBuilder()
                .setEnvelope(Envelope.newBuilder().setTenant("t").setEventId(id))
                .setContext("x".repeat(bytes))
                .build();
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void choosesThePartitionThatKafkasClientsChoose(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 1_000; i++) {
            byte[] key = new byte[random.nextInt(1, 60)];
            random.nextBytes(key);
            assertThat(KeyPartition.of(key, 24)).isEqualTo(BuiltInPartitioner.partitionForKey(key, 24));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void keepsEveryEventOnceInOrderWithinItsPartition(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            calls.add(call("e" + i, random.nextInt(60_000)));
        }
        List<String> seen = new ArrayList<>();
        for (PackedRecord record : EventPacker.pack(calls, 6)) {
            assertThat(record.value().length).isLessThanOrEqualTo(TextLimits.MAX_EVENT_BYTES);
            assertThat(KeyPartition.of(record.key(), 6)).isEqualTo(record.partition());
            AcceptedEvents events = AcceptedEvents.parseFrom(record.value());
            assertThat(events.getCallsCount()).isEqualTo(record.events());
            for (Call packed : events.getCallsList()) {
                assertThat(KeyPartition.of(EventKey.of(packed).bytes(), 6)).isEqualTo(record.partition());
                seen.add(packed.getEnvelope().getEventId());
            }
        }
        List<String> sent =
                calls.stream().map(call -> call.getEnvelope().getEventId()).toList();
        assertThat(seen).containsExactlyInAnyOrderElementsOf(sent);
        for (int partition = 0; partition < 6; partition++) {
            int at = partition;
            List<String> ofPartition = sent.stream()
                    .filter(id -> KeyPartition.of(EventKey.of("t", "", id).bytes(), 6) == at)
                    .toList();
            assertThat(seen.stream().filter(ofPartition::contains).toList()).isEqualTo(ofPartition);
        }
    }

    @Test
    void makesNoRecordOfNothing() {
        assertThat(EventPacker.pack(List.of(), 6)).isEmpty();
    }
}
