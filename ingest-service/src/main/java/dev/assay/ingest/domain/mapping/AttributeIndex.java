package dev.assay.ingest.domain.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds the known attribute for a key, straight from its bytes on the wire, so that no text is made for it. */
public final class AttributeIndex {
    private static final int SLOTS = 1024;
    private static final GenAiAttributes[] ATTRIBUTES = GenAiAttributes.values();
    private static final byte[][] KEYS = new byte[ATTRIBUTES.length][];
    private static final int[] TABLE = new int[SLOTS];

    static {
        Arrays.fill(TABLE, -1);
        for (GenAiAttributes attribute : ATTRIBUTES) {
            byte[] key = attribute.key().getBytes(StandardCharsets.US_ASCII);
            KEYS[attribute.ordinal()] = key;
            int slot = hash(key, 0, key.length);
            while (TABLE[slot] >= 0) {
                slot = (slot + 1) & (SLOTS - 1);
            }
            TABLE[slot] = attribute.ordinal();
        }
    }

    /** The known attribute of this key, or null. */
    public static @Nullable GenAiAttributes find(byte[] buffer, int from, int length) {
        int slot = hash(buffer, from, length);
        while (TABLE[slot] >= 0) {
            byte[] key = KEYS[TABLE[slot]];
            if (key.length == length && Arrays.equals(key, 0, length, buffer, from, from + length)) {
                return ATTRIBUTES[TABLE[slot]];
            }
            slot = (slot + 1) & (SLOTS - 1);
        }
        return null;
    }

    /** The known attribute of this key, or null. */
    public static @Nullable GenAiAttributes find(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return find(bytes, 0, bytes.length);
    }

    private static int hash(byte[] buffer, int from, int length) {
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = hash * 31 + buffer[i];
        }
        hash ^= hash >>> 15;
        return hash & (SLOTS - 1);
    }

    private AttributeIndex() {}
}
