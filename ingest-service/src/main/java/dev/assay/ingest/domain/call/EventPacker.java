package dev.assay.ingest.domain.call;

import dev.assay.contracts.llm.v1.AcceptedEvents;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.domain.ledger.EventKey;
import java.util.ArrayList;
import java.util.List;

/** Packs the events of a request into as few records as their partitions and the record size allow, keeping their order. */
public final class EventPacker {
    private final Open[] open;
    private final List<PackedRecord> full = new ArrayList<>();

    private static final class Open {
        private final AcceptedEvents.Builder events = AcceptedEvents.newBuilder();
        private byte[] key = {};
        private int bytes;
    }

    private EventPacker(int partitions) {
        this.open = new Open[partitions];
    }

    /** The records of these events on a topic with this many partitions. */
    public static List<PackedRecord> pack(List<Call> calls, int partitions) {
        EventPacker packer = new EventPacker(partitions);
        calls.forEach(packer::add);
        for (int partition = 0; partition < partitions; partition++) {
            packer.close(partition);
        }
        return packer.full;
    }

    private void add(Call call) {
        byte[] key = EventKey.of(call).bytes();
        int partition = KeyPartition.of(key, open.length);
        int bytes = call.getSerializedSize() + 8;
        Open record = open[partition];
        if (record != null && record.bytes + bytes > TextLimits.MAX_EVENT_BYTES) {
            close(partition);
            record = null;
        }
        if (record == null) {
            record = new Open();
            record.key = key;
            open[partition] = record;
        }
        record.events.addCalls(call);
        record.bytes += bytes;
    }

    private void close(int partition) {
        Open record = open[partition];
        if (record != null) {
            AcceptedEvents events = record.events.build();
            full.add(new PackedRecord(partition, record.key, events.toByteArray(), events.getCallsCount()));
            open[partition] = null;
        }
    }
}
