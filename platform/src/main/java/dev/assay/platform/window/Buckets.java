package dev.assay.platform.window;

import java.util.Arrays;

/**
 * Sparse counts by bucket index, sorted, without zeros.
 *
 * <p>Counts may be negative in a part: a source that takes back what another source added. Their sum over the sources is
 * right. Two orders of the same additions hold the same indices and counts. Not safe for use by several threads.
 */
public final class Buckets {
    private static final int[] NO_INDICES = {};
    private static final long[] NO_COUNTS = {};

    private int[] indices = NO_INDICES;
    private long[] counts = NO_COUNTS;
    private int size;

    /** How many buckets are not empty. */
    public int size() {
        return size;
    }

    /** Whether no bucket has a count. */
    public boolean isEmpty() {
        return size == 0;
    }

    /** The index of the bucket at a position from 0 to {@link #size()} - 1, in rising order. */
    public int indexAt(int position) {
        return indices[checked(position)];
    }

    /** The count of the bucket at a position from 0 to {@link #size()} - 1. Never zero. */
    public long countAt(int position) {
        return counts[checked(position)];
    }

    /** The count of a bucket, zero if it is empty. */
    public long get(int index) {
        int position = position(index);
        return position >= 0 ? counts[position] : 0;
    }

    /** The sum of all counts. */
    public long total() {
        long total = 0;
        for (int i = 0; i < size; i++) {
            total += counts[i];
        }
        return total;
    }

    /** Adds {@code n}, which may be negative, to one bucket. */
    public void add(int index, long n) {
        if (n == 0) {
            return;
        }
        int position = position(index);
        if (position < 0) {
            insert(-position - 1, index, n);
        } else if ((counts[position] += n) == 0) {
            remove(position);
        }
    }

    /** Adds another's counts to these. */
    public void plus(Buckets other) {
        merge(other, 1);
    }

    /** Takes another's counts from these. */
    public void minus(Buckets other) {
        merge(other, -1);
    }

    void merge(Buckets other, int sign) {
        int missing = missingIn(other);
        if (missing > 0) {
            reserve(size + missing);
        }
        boolean zeros = false;
        int from = size - 1;
        int to = size + missing - 1;
        // From the end, so that the wider result never overtakes what is still to be read. The counts of `other` are
        // read
        // before the same position is written, so a state may be merged into itself.
        for (int o = other.size - 1; o >= 0; o--) {
            int index = other.indices[o];
            long n = other.counts[o] * sign;
            while (from >= 0 && indices[from] > index) {
                indices[to] = indices[from];
                counts[to--] = counts[from--];
            }
            if (from >= 0 && indices[from] == index) {
                n += counts[from--];
                zeros |= n == 0;
            }
            indices[to] = index;
            counts[to--] = n;
        }
        size += missing;
        if (zeros) {
            dropZeros();
        }
    }

    /** Appends a bucket behind the last one; false, and nothing done, if it is not behind it. */
    boolean append(int index, long n) {
        if (size > 0 && indices[size - 1] >= index) {
            return false;
        }
        if (n != 0) {
            insert(size, index, n);
        }
        return true;
    }

    private int missingIn(Buckets other) {
        int missing = 0;
        int i = 0;
        for (int o = 0; o < other.size; o++) {
            int index = other.indices[o];
            while (i < size && indices[i] < index) {
                i++;
            }
            if (i == size || indices[i] != index) {
                missing++;
            }
        }
        return missing;
    }

    private int position(int index) {
        return Arrays.binarySearch(indices, 0, size, index);
    }

    private int checked(int position) {
        if (position < 0 || position >= size) {
            throw new IndexOutOfBoundsException("position must be 0 to " + (size - 1) + ", got: " + position);
        }
        return position;
    }

    private void insert(int position, int index, long n) {
        reserve(size + 1);
        System.arraycopy(indices, position, indices, position + 1, size - position);
        System.arraycopy(counts, position, counts, position + 1, size - position);
        indices[position] = index;
        counts[position] = n;
        size++;
    }

    private void remove(int position) {
        size--;
        System.arraycopy(indices, position + 1, indices, position, size - position);
        System.arraycopy(counts, position + 1, counts, position, size - position);
    }

    private void dropZeros() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (counts[i] != 0) {
                indices[kept] = indices[i];
                counts[kept++] = counts[i];
            }
        }
        size = kept;
    }

    private void reserve(int capacity) {
        if (capacity > indices.length) {
            int grown = Math.max(capacity, Math.max(8, indices.length + (indices.length >> 1)));
            indices = Arrays.copyOf(indices, grown);
            counts = Arrays.copyOf(counts, grown);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Buckets that
                && Arrays.equals(indices, 0, size, that.indices, 0, that.size)
                && Arrays.equals(counts, 0, size, that.counts, 0, that.size);
    }

    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = 0; i < size; i++) {
            hash = 31 * (31 * hash + indices[i]) + Long.hashCode(counts[i]);
        }
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ", ").append(indices[i]).append('=').append(counts[i]);
        }
        return text.append('}').toString();
    }
}
