package dev.assay.platform.sink;

import dev.assay.contracts.Topics;

/** Numbers for sources. A source is one partition of one topic: the single writer of its windows. */
public final class Sources {
    private static final int PARTITIONS = 1000;

    /** The number of a partition; it fits a {@code smallint}. */
    public static short id(String topic, int partition) {
        if (partition < 0 || partition >= PARTITIONS) {
            throw new IllegalArgumentException("partition must be 0 to 999, got: " + partition);
        }
        return (short) (Topics.id(topic) * PARTITIONS + partition);
    }

    /** The name under which a source is known outside its service: {@code cost/llm.calls.v1/3}. */
    public static String name(String service, short id) {
        return service + "/" + Topics.name(id / PARTITIONS) + "/" + id % PARTITIONS;
    }

    private Sources() {}
}
