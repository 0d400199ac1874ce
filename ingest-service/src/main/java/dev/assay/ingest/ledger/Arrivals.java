package dev.assay.ingest.ledger;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.llm.v1.AcceptedEvents;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.domain.ledger.Arrival;
import dev.assay.ingest.domain.ledger.EventCounts;
import dev.assay.ingest.domain.ledger.EventKey;
import dev.assay.ingest.domain.ledger.LedgerDay;
import dev.assay.platform.sink.PartitionBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The events of a batch. A record that cannot be read is given up, its readable neighbours are not. */
final class Arrivals {
    private static final Pattern TENANT_OF_KEY = Pattern.compile("([a-z0-9-]{1,40})/.*", Pattern.DOTALL);
    private static final EventKey NO_KEY = new EventKey("");

    private final List<Arrival> events = new ArrayList<>();
    private final Map<String, EventCounts> deadLettered = new HashMap<>();

    static Arrivals of(PartitionBatch batch) {
        Arrivals arrivals = new Arrivals();
        batch.records().forEach(record -> arrivals.read(batch, record));
        return arrivals;
    }

    List<Arrival> events() {
        return events;
    }

    /** Records given up whose project is known; each counts as one event that was accepted. */
    Map<String, EventCounts> deadLettered() {
        return deadLettered;
    }

    Set<Integer> days() {
        Set<Integer> days = new HashSet<>();
        events.forEach(event -> days.add(LedgerDay.of(event.call())));
        return days;
    }

    /** The trace that the first record of each event names, empty if none. */
    Map<UUID, String> firstTraces() {
        Map<UUID, String> traces = new HashMap<>();
        events.forEach(event -> traces.putIfAbsent(event.id(), event.call().getTraceId()));
        return traces;
    }

    Set<String> tenants() {
        Set<String> tenants = new HashSet<>();
        events.forEach(event -> tenants.add(event.tenant()));
        return tenants;
    }

    private void read(PartitionBatch batch, ConsumerRecord<byte[], byte[]> record) {
        EventKey key = record.key() == null ? NO_KEY : EventKey.parse(record.key());
        if (record.value() == null) {
            giveUp(batch, record, key, "no value");
            return;
        }
        try {
            AcceptedEvents accepted = AcceptedEvents.parseFrom(record.value());
            String fault = accepted.getCallsCount() == 0 ? "no events" : "";
            for (Call call : accepted.getCallsList()) {
                Envelope envelope = call.getEnvelope();
                if (envelope.getTenant().isEmpty() || envelope.getEventId().isEmpty()) {
                    fault = "an event without " + (envelope.getTenant().isEmpty() ? "project" : "id");
                } else {
                    events.add(new Arrival(call, key, accepted.getForwarded(), record.offset()));
                }
            }
            if (!fault.isEmpty()) {
                giveUp(batch, record, key, fault);
            }
        } catch (InvalidProtocolBufferException broken) {
            giveUp(batch, record, key, "not an AcceptedEvents message: " + broken.getMessage());
        }
    }

    private void giveUp(PartitionBatch batch, ConsumerRecord<byte[], byte[]> record, EventKey key, String reason) {
        Matcher tenant = TENANT_OF_KEY.matcher(key.value());
        if (tenant.matches()) {
            deadLettered.merge(tenant.group(1), EventCounts.ACCEPTED, EventCounts::plus);
            batch.reject(record, tenant.group(1), reason);
        } else {
            batch.reject(record, reason);
        }
    }
}
