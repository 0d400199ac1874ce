package dev.assay.platform.window;

import dev.assay.contracts.kpi.v1.Measure;
import java.util.Arrays;

/**
 * Reads a {@link MinuteSummary} straight from the bytes of a minute's rows, without making a {@link WindowState} of them:
 * only the measures that it rests on are decoded, and the changes of concurrency are counted in place.
 *
 * <p>Takes the canonical form; any other valid form of the same states is read the slow way. Keeps its arrays from one
 * minute to the next, so one scan serves a whole range. Not safe for use by several threads.
 */
public final class MinuteScan {
    private static final int MILLIS = 60_000;
    private static final int SECONDS = 60;
    private static final int NO_FIELD = -1;

    private final UptimeRule uptime;
    private final long[] changes = new long[MILLIS];
    /** A bit for each millisecond that may have a change. */
    private final long[] touched = new long[(MILLIS + Long.SIZE - 1) / Long.SIZE];

    private final long[] starts = new long[SECONDS];
    private long open;
    private long calls;
    private long good;
    private long heartbeats;
    private long answered;

    private byte[] bytes = {};
    private int at;

    /** A scan that judges minutes by a rule. */
    public MinuteScan(UptimeRule uptime) {
        this.uptime = uptime;
    }

    /**
     * What one minute, merged over its rows, was.
     *
     * @param states the rows' states, one after the other: such a sequence of messages is the message of their sum
     * @throws IllegalArgumentException if they are not valid {@code WindowState} messages
     */
    public MinuteSummary read(byte[] states) {
        clear();
        if (!scan(states)) {
            return MinuteFold.summaryOf(WindowState.parse(states), uptime);
        }
        long peakStarts = 0;
        for (long inSecond : starts) {
            peakStarts = Math.max(peakStarts, inSecond);
        }
        // up to here `open` is the level at the minute's start, which a change in its first millisecond replaces
        long peak = changes[0] != 0 ? 0 : Math.max(0, open);
        for (int word = 0; word < touched.length; word++) {
            for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
                open += changes[word * Long.SIZE + Long.numberOfTrailingZeros(bits)];
                peak = Math.max(peak, open);
            }
        }
        UptimeRule.Verdict verdict = uptime.judge(calls, good, heartbeats, answered);
        return MinuteSummary.of(peak, Math.max(0, open), peakStarts, verdict);
    }

    private void clear() {
        for (int word = 0; word < touched.length; word++) {
            for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
                changes[word * Long.SIZE + Long.numberOfTrailingZeros(bits)] = 0;
            }
            touched[word] = 0;
        }
        Arrays.fill(starts, 0);
        open = 0;
        calls = 0;
        good = 0;
        heartbeats = 0;
        answered = 0;
    }

    /** Whether the bytes have the canonical form; if not, what was counted so far means nothing. */
    private boolean scan(byte[] states) {
        bytes = states;
        at = 0;
        try {
            while (at < bytes.length) {
                if (bytes[at++] != (WindowCodec.MEASURES << 3 | WindowCodec.BYTES)) {
                    return false;
                }
                int length = (int) varint();
                int end = at + length;
                if (length < 2 || end > bytes.length || bytes[at++] != (WindowCodec.MEASURE << 3)) {
                    return false;
                }
                int measure = (int) varint();
                if (isWanted(measure) && !measure(measure, end)) {
                    return false;
                }
                at = end;
            }
            return true;
        } catch (ArrayIndexOutOfBoundsException cut) {
            return false;
        }
    }

    private static boolean isWanted(int measure) {
        return measure == Measure.MEASURE_CALLS_VALUE
                || measure == Measure.MEASURE_STARTS_PER_SECOND_VALUE
                || measure == Measure.MEASURE_CONCURRENCY_VALUE
                || measure == Measure.MEASURE_HEARTBEATS_VALUE;
    }

    private boolean measure(int measure, int end) {
        long count = 0;
        long goodOnes = 0;
        int indices = NO_FIELD;
        int indicesEnd = NO_FIELD;
        while (at < end) {
            int tag = bytes[at++];
            switch (tag) {
                case WindowCodec.COUNT << 3 -> count = signed();
                case WindowCodec.GOOD << 3 -> goodOnes = signed();
                case WindowCodec.SUM << 3 | WindowCodec.BYTES -> {
                    int length = (int) varint();
                    at += length;
                }
                case WindowCodec.BUCKET_INDEX << 3 | WindowCodec.BYTES -> {
                    int length = (int) varint();
                    indices = at;
                    at += length;
                    indicesEnd = at;
                }
                case WindowCodec.BUCKET_COUNT << 3 | WindowCodec.BYTES -> {
                    int length = (int) varint();
                    int countsEnd = at + length;
                    if (indices == NO_FIELD || countsEnd != end || !buckets(measure, indices, indicesEnd, countsEnd)) {
                        return false;
                    }
                }
                default -> {
                    return false;
                }
            }
        }
        switch (measure) {
            case Measure.MEASURE_CALLS_VALUE -> {
                calls += count;
                good += goodOnes;
            }
            case Measure.MEASURE_HEARTBEATS_VALUE -> {
                heartbeats += count;
                answered += goodOnes;
            }
            case Measure.MEASURE_CONCURRENCY_VALUE -> open += count;
            default -> {
                // starts per second have nothing but buckets
            }
        }
        return at == end;
    }

    /** Counts buckets in: gaps from {@code from} to {@code to}, counts from here to {@code countsEnd}. */
    private boolean buckets(int measure, int from, int to, int countsEnd) {
        boolean concurrency = measure == Measure.MEASURE_CONCURRENCY_VALUE;
        byte[] source = bytes;
        int gaps = from;
        int counts = at;
        int index = 0;
        while (gaps < to && counts < countsEnd) {
            int raw = source[gaps++];
            if (raw < 0) { // more than one byte
                at = gaps - 1;
                raw = (int) varint();
                gaps = at;
            }
            index += (raw >>> 1) ^ -(raw & 1);
            long n = source[counts++];
            if (n < 0) {
                at = counts - 1;
                n = varint();
                counts = at;
            }
            n = (n >>> 1) ^ -(n & 1);
            if (concurrency) {
                if (index < 0 || index >= MILLIS) {
                    return false;
                }
                changes[index] += n;
                touched[index >>> 6] |= 1L << index;
            } else if (index >= 0 && index < SECONDS) {
                starts[index] += n;
            }
        }
        at = counts;
        return gaps == to && counts == countsEnd;
    }

    private long signed() {
        long raw = varint();
        return (raw >>> 1) ^ -(raw & 1);
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = bytes[at++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new ArrayIndexOutOfBoundsException("a number of more than ten bytes");
    }
}
