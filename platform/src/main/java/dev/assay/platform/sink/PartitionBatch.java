package dev.assay.platform.sink;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Consecutive records of one partition, to be folded in by one transaction. Confined to that transaction's chain. */
public final class PartitionBatch {
    private final String topic;
    private final int partition;
    private final long firstOffset;
    private final List<ConsumerRecord<byte[], byte[]>> records;
    private final List<Rejected> rejected = new ArrayList<>();

    /** A record that cannot be handled, and why. */
    record Rejected(ConsumerRecord<byte[], byte[]> record, String tenant, String reason) {}

    /** Offsets whose changes must go out again: {@code from} inclusive, {@code to} exclusive. */
    public record Range(String topic, int partition, long from, long to) {
        public short source() {
            return Sources.id(topic, partition);
        }
    }

    PartitionBatch(String topic, int partition, long firstOffset, List<ConsumerRecord<byte[], byte[]>> records) {
        this.topic = topic;
        this.partition = partition;
        this.firstOffset = firstOffset;
        this.records = records;
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    public short source() {
        return Sources.id(topic, partition);
    }

    /** Offset of the first record. */
    public long firstOffset() {
        return firstOffset;
    }

    /** One past the offset of the last record: the position of a revision made by this batch. */
    public long nextOffset() {
        return records.get(records.size() - 1).offset() + 1;
    }

    public List<ConsumerRecord<byte[], byte[]>> records() {
        return records;
    }

    /**
     * Gives a record up: it is kept with its reason, counted, and sent to the dead-letter topic; the rest of the batch goes
     * on.
     *
     * @param tenant the project, or an empty string when the record does not tell
     */
    public void reject(ConsumerRecord<byte[], byte[]> record, String tenant, String reason) {
        rejected.add(new Rejected(record, tenant, reason));
    }

    /** {@link #reject(ConsumerRecord, String, String)} for a record that does not tell its project. */
    public void reject(ConsumerRecord<byte[], byte[]> record, String reason) {
        reject(record, "", reason);
    }

    List<Rejected> rejected() {
        return rejected;
    }

    /** Forgets what an attempt that was rolled back had rejected. */
    void retry() {
        rejected.clear();
    }
}
