package dev.assay.quality.domain.detect;

import java.util.Arrays;

/** A set of hashes that is cleared and filled again without allocating. Not thread-safe. */
final class HashSetOfInts {
    private int[] keys = new int[1 << 12];
    private int[] stamps = new int[1 << 12];
    private int stamp;
    private int size;

    /** Empties the set and makes room for {@code expected} entries. */
    void clear(int expected) {
        if (keys.length < 2 * expected) {
            int capacity = Integer.highestOneBit(2 * expected) * 2;
            keys = new int[capacity];
            stamps = new int[capacity];
            stamp = 0;
        }
        if (++stamp == 0) {
            Arrays.fill(stamps, 0);
            stamp = 1;
        }
        size = 0;
    }

    /** Adds a hash; whether it was new. The set never holds more than {@link #clear} made room for. */
    boolean add(int key) {
        int i = slot(key);
        if (stamps[i] == stamp) {
            return false;
        }
        if (2 * size >= keys.length) {
            throw new IllegalStateException("set was cleared for fewer entries than " + size);
        }
        keys[i] = key;
        stamps[i] = stamp;
        size++;
        return true;
    }

    boolean contains(int key) {
        return stamps[slot(key)] == stamp;
    }

    int size() {
        return size;
    }

    private int slot(int key) {
        int mask = keys.length - 1;
        int i = (key * 0x9e3779b1 >>> 7) & mask;
        while (stamps[i] == stamp && keys[i] != key) {
            i = (i + 1) & mask;
        }
        return i;
    }
}
