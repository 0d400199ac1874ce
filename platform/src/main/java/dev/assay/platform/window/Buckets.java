package dev.assay.platform.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Sparse counts by bucket index, sorted, without zeros. Where many changes follow each other, they are made in an array with a place for
 * every bucket between the outermost, and gathered at the next look.
 *
 * <p>Counts may be negative in a part: a source that takes back what another source added. Their sum over the sources is
 * right. Two orders of the same additions hold the same indices and counts. Not safe for use by several threads.
 */
public final class Buckets {
    private static final int[] NO_INDICES = {};
    private static final long[] NO_COUNTS = {};

    /** Fewer buckets than this are as quickly searched. */
    private static final int FEW = 16;

    /** So many changes in a row are taken for the beginning of many. */
    private static final int IN_A_ROW = 4;

    /** The widest array of changes, 32 KiB: more than all buckets of {@link ExponentialHistogram}. */
    private static final int WIDEST = 4_096;

    private static final int ROOM = 64;

    private int[] indices = NO_INDICES;
    private long[] counts = NO_COUNTS;
    private int size;

    /** Counts from {@link #base} on while many changes are made; the sparse ones are then out of date. */
    private long @Nullable [] open;

    private int base;
    private int changes;

    /** How many buckets are not empty. */
    public int size() {
        gather();
        return size;
    }

    /** Whether no bucket has a count. */
    public boolean isEmpty() {
        gather();
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
        gather();
        int position = position(index);
        return position >= 0 ? counts[position] : 0;
    }

    /** The sum of all counts. */
    public long total() {
        gather();
        long total = 0;
        for (int i = 0; i < size; i++) {
            total += counts[i];
        }
        return total;
    }

    /** Adds {@code n}, which may be negative, to one bucket. */
    public void add(int index, long n) {
        if (n == 0 || addOpen(index, n)) {
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
        other.gather();
        if (other != this && isOpen()) {
            mergeOpen(other, sign);
            return;
        }
        gather();
        changes++;
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
        gather();
        if (size > 0 && indices[size - 1] >= index) {
            return false;
        }
        if (n != 0) {
            insert(size, index, n);
        }
        return true;
    }

    /** Whether changes go to the array: they do once several come in a row. */
    private boolean isOpen() {
        if (open == null && size >= FEW && ++changes > IN_A_ROW && indices[size - 1] - indices[0] < WIDEST - 2 * ROOM) {
            open(indices[0] - ROOM, indices[size - 1] + ROOM);
        }
        return open != null;
    }

    /** False, and nothing done, if the change does not go to the array. */
    private boolean addOpen(int index, long n) {
        if (!isOpen()) {
            return false;
        }
        long[] of = open;
        if (of == null) {
            return false;
        }
        long at = (long) index - base;
        if (at < 0 || at >= of.length) {
            long first = Math.min(base, (long) index - ROOM);
            long last = Math.max((long) base + of.length - 1, (long) index + ROOM);
            gather();
            if (last - first >= WIDEST) {
                return false;
            }
            of = open((int) first, (int) last);
        }
        of[index - base] += n;
        return true;
    }

    private void mergeOpen(Buckets other, int sign) {
        int o = 0;
        long[] of = open;
        if (of != null
                && other.size > 0
                && other.indices[0] >= base
                && other.indices[other.size - 1] - base < of.length) {
            for (; o < other.size; o++) {
                of[other.indices[o] - base] += other.counts[o] * sign;
            }
        }
        for (; o < other.size; o++) {
            add(other.indices[o], other.counts[o] * sign);
        }
    }

    /** Whether nothing was ever added; cheaper than {@link #isEmpty()} between changes. */
    boolean isUntouched() {
        return open == null && size == 0;
    }

    private long[] open(int first, int last) {
        long[] of = new long[last - first + 1];
        for (int i = 0; i < size; i++) {
            of[indices[i] - first] = counts[i];
        }
        open = of;
        base = first;
        return of;
    }

    private void gather() {
        changes = 0;
        long[] of = open;
        if (of == null) {
            return;
        }
        open = null;
        int found = 0;
        for (long n : of) {
            if (n != 0) {
                found++;
            }
        }
        size = 0;
        reserve(found);
        for (int i = 0; i < of.length; i++) {
            if (of[i] != 0) {
                indices[size] = base + i;
                counts[size++] = of[i];
            }
        }
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
        gather();
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
        if (!(other instanceof Buckets that)) {
            return false;
        }
        gather();
        that.gather();
        return Arrays.equals(indices, 0, size, that.indices, 0, that.size)
                && Arrays.equals(counts, 0, size, that.counts, 0, that.size);
    }

    @Override
    public int hashCode() {
        gather();
        int hash = 1;
        for (int i = 0; i < size; i++) {
            hash = 31 * (31 * hash + indices[i]) + Long.hashCode(counts[i]);
        }
        return hash;
    }

    @Override
    public String toString() {
        gather();
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ", ").append(indices[i]).append('=').append(counts[i]);
        }
        return text.append('}').toString();
    }
}
