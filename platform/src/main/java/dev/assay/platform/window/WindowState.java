package dev.assay.platform.window;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.contracts.kpi.v1.Measure;
import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Everything measured in one window, as an accumulator: contributions are added and taken back exactly.
 *
 * <p>{@link #toBytes()} is the canonical form, and a valid {@code WindowState} message: whatever the order in which the
 * same contributions came, were merged or taken back, the bytes are the same, and none are left when nothing is left.
 * Measures that this version does not know are kept. Not safe for use by several threads.
 */
public final class WindowState {
    private int[] numbers = new int[8];
    private MeasureState[] states = new MeasureState[8];
    private int size;

    /** A window with nothing in it. */
    public WindowState() {}

    /** Adds observations and how many of them were good. Both may be negative. */
    public void add(Measure measure, long count, long good) {
        state(measure.getNumber()).add(count, good);
    }

    /** Adds to a measure's exact sum, and to nothing else of it. */
    public void addSum(Measure measure, BigDecimal value) {
        state(measure.getNumber()).addSum(value);
    }

    /** Adds to a measure's exact sum, and to nothing else of it. */
    public void addSum(Measure measure, long value) {
        state(measure.getNumber()).addSum(value);
    }

    /** Adds {@code n}, which may be negative, to one bucket, and to nothing else of the measure. */
    public void addBucket(Measure measure, int index, long n) {
        state(measure.getNumber()).buckets().add(index, n);
    }

    /**
     * Adds ({@code sign} 1) or takes back ({@code sign} -1) one observation of a duration or other whole value: its count,
     * its exact sum, and its bucket of the {@link ExponentialHistogram}, where values beyond its range count as its limit.
     */
    public void observeMicros(Measure measure, long micros, int sign) {
        if (sign != 1 && sign != -1) {
            throw new IllegalArgumentException("sign must be 1 or -1, got: " + sign);
        }
        int bucket = ExponentialHistogram.index(micros);
        MeasureState state = state(measure.getNumber());
        state.add(sign, 0);
        state.addSum(sign * micros);
        state.buckets().add(bucket, sign);
    }

    /** Adds another window to this one. */
    public WindowState plus(WindowState other) {
        return merge(other, 1);
    }

    /** Takes another window from this one. */
    public WindowState minus(WindowState other) {
        return merge(other, -1);
    }

    /** What a measure is: zero in all parts if nothing was added, otherwise a live view. */
    public MeasureState get(Measure measure) {
        int position = position(measure.getNumber());
        return position >= 0 ? states[position] : new MeasureState();
    }

    /** Whether every measure is zero in all parts. */
    public boolean isEmpty() {
        for (int i = 0; i < size; i++) {
            if (!states[i].isZero()) {
                return false;
            }
        }
        return true;
    }

    /** A window of its own with the same contents. */
    public WindowState copy() {
        return new WindowState().plus(this);
    }

    /** The canonical bytes. */
    public byte[] toBytes() {
        return WindowCodec.encode(this);
    }

    /**
     * The window of some bytes.
     *
     * @throws IllegalArgumentException if they are not a valid {@code WindowState} message
     */
    public static WindowState parse(byte[] bytes) {
        WindowState window = new WindowState();
        WindowCodec.decode(bytes, window);
        return window;
    }

    /** The same as a message of the contracts. */
    public dev.assay.contracts.kpi.v1.WindowState toProto() {
        try {
            return dev.assay.contracts.kpi.v1.WindowState.parseFrom(toBytes());
        } catch (InvalidProtocolBufferException impossible) {
            throw new IllegalStateException("the canonical form is a valid message", impossible);
        }
    }

    /**
     * The window of a message of the contracts.
     *
     * @throws IllegalArgumentException if it is not valid, as when indices and counts of buckets differ in number
     */
    public static WindowState fromProto(dev.assay.contracts.kpi.v1.WindowState message) {
        return parse(message.toByteArray());
    }

    /**
     * Adds the window of some bytes, without the measures named.
     *
     * @throws IllegalArgumentException if they are not a valid {@code WindowState} message
     */
    public WindowState plusWithout(byte[] bytes, Measure... skipped) {
        WindowCodec.decode(bytes, this, skipped);
        return this;
    }

    int size() {
        return size;
    }

    int numberAt(int position) {
        return numbers[position];
    }

    MeasureState stateAt(int position) {
        return states[position];
    }

    /** The state of a measure, made if there is none yet. */
    MeasureState state(int number) {
        int position = position(number);
        return position >= 0 ? states[position] : insert(-position - 1, number);
    }

    private WindowState merge(WindowState other, int sign) {
        for (int i = 0; i < other.size; i++) {
            state(other.numbers[i]).merge(other.states[i], sign);
        }
        return this;
    }

    private int position(int number) {
        return Arrays.binarySearch(numbers, 0, size, number);
    }

    private MeasureState insert(int position, int number) {
        if (size == numbers.length) {
            numbers = Arrays.copyOf(numbers, size * 2);
            states = Arrays.copyOf(states, size * 2);
        }
        System.arraycopy(numbers, position, numbers, position + 1, size - position);
        System.arraycopy(states, position, states, position + 1, size - position);
        MeasureState state = new MeasureState();
        numbers[position] = number;
        states[position] = state;
        size++;
        return state;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WindowState that && Arrays.equals(toBytes(), that.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("WindowState{");
        for (int i = 0; i < size; i++) {
            if (!states[i].isZero()) {
                Measure known = Measure.forNumber(numbers[i]);
                text.append(known == null ? "MEASURE_" + numbers[i] : known.name())
                        .append(states[i])
                        .append(' ');
            }
        }
        return text.toString().strip() + "}";
    }
}
