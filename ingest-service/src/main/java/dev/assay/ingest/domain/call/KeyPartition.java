package dev.assay.ingest.domain.call;

/** The partition of a key, as Kafka's own clients choose it: murmur2, so that every producer agrees. */
public final class KeyPartition {
    private static final int SEED = 0x9747b28c;
    private static final int M = 0x5bd1e995;
    private static final int R = 24;

    /** The partition, from 0 to {@code partitions} exclusive. */
    public static int of(byte[] key, int partitions) {
        return (murmur2(key) & 0x7fffffff) % partitions;
    }

    private static int murmur2(byte[] data) {
        int length = data.length;
        int hash = SEED ^ length;
        int words = length / 4;
        for (int word = 0; word < words; word++) {
            int at = word * 4;
            int k = (data[at] & 0xff)
                    + ((data[at + 1] & 0xff) << 8)
                    + ((data[at + 2] & 0xff) << 16)
                    + ((data[at + 3] & 0xff) << 24);
            k *= M;
            k ^= k >>> R;
            k *= M;
            hash *= M;
            hash ^= k;
        }
        int tail = words * 4;
        switch (length % 4) {
            case 3:
                hash ^= (data[tail + 2] & 0xff) << 16;
            // fall through
            case 2:
                hash ^= (data[tail + 1] & 0xff) << 8;
            // fall through
            case 1:
                hash ^= data[tail] & 0xff;
                hash *= M;
            // fall through
            default:
                break;
        }
        hash ^= hash >>> 13;
        hash *= M;
        hash ^= hash >>> 15;
        return hash;
    }

    private KeyPartition() {}
}
