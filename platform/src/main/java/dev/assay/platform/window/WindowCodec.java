package dev.assay.platform.window;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import dev.assay.contracts.kpi.v1.Measure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Reads and writes a window in the wire format of {@code assay.kpi.v1.WindowState}, straight from and into its arrays.
 *
 * <p>Not left to the generated classes because the canonical bytes must not depend on a library's version, and because a
 * sink does this thousands of times a second. A test holds both to the same bytes.
 */
final class WindowCodec {
    static final int MEASURES = 1;
    static final int MEASURE = 1;
    static final int COUNT = 2;
    static final int GOOD = 3;
    static final int SUM = 4;
    static final int BUCKET_INDEX = 5;
    static final int BUCKET_COUNT = 6;
    private static final int UNSCALED = 1;
    private static final int SCALE = 2;

    private static final int VARINT = 0;
    static final int BYTES = 2;
    /** Up to 100 digits on either side of the point are 84 bytes; a length under 128 is written in one byte. */
    private static final int MAX_SUM_BYTES = 127;

    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};

    private WindowCodec() {}

    static byte[] encode(WindowState window) {
        int total = 0;
        int[] bodies = new int[window.size()];
        byte[][] sums = new byte[window.size()][];
        for (int i = 0; i < bodies.length; i++) {
            MeasureState state = window.stateAt(i);
            if (!state.isZero()) {
                sums[i] = sum(state);
                bodies[i] = bodySize(window.numberAt(i), state, sums[i].length);
                total += 1 + CodedOutputStream.computeUInt32SizeNoTag(bodies[i]) + bodies[i];
            }
        }
        byte[] bytes = new byte[total];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            for (int i = 0; i < bodies.length; i++) {
                if (bodies[i] > 0) {
                    out.writeTag(MEASURES, BYTES);
                    out.writeUInt32NoTag(bodies[i]);
                    writeBody(out, window.numberAt(i), window.stateAt(i), sums[i]);
                }
            }
            out.checkNoSpaceLeft();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes;
    }

    /** The sum as the body of a {@code Decimal}; no bytes if it is zero. */
    private static byte[] sum(MeasureState state) {
        if (state.sumIsZero()) {
            return new byte[0];
        }
        byte[] unscaled;
        int scale = 0;
        if (state.sumIsWhole()) {
            unscaled = twosComplement(state.wholeSum());
        } else {
            BigDecimal sum = state.sum();
            unscaled = sum.unscaledValue().toByteArray();
            scale = sum.scale();
        }
        int size = 2 + unscaled.length + (scale == 0 ? 0 : 1 + CodedOutputStream.computeInt32SizeNoTag(scale));
        byte[] body = new byte[size];
        body[0] = UNSCALED << 3 | BYTES;
        body[1] = lengthByte(unscaled.length);
        System.arraycopy(unscaled, 0, body, 2, unscaled.length);
        if (scale != 0) {
            body[2 + unscaled.length] = SCALE << 3 | VARINT;
            // a scale is under 128 (MeasureState.MAX_SUM_SCALE): one byte
            body[3 + unscaled.length] = (byte) scale;
        }
        return body;
    }

    private static byte lengthByte(int length) {
        if (length > MAX_SUM_BYTES) {
            throw new IllegalStateException("a sum grew past what a window can hold: " + length + " bytes");
        }
        return (byte) length;
    }

    private static byte[] twosComplement(long value) {
        int length = (64 - Long.numberOfLeadingZeros(value < 0 ? ~value : value)) / 8 + 1;
        byte[] bytes = new byte[length];
        long rest = value;
        for (int i = length - 1; i >= 0; i--) {
            bytes[i] = (byte) rest;
            rest >>= 8;
        }
        return bytes;
    }

    private static int bodySize(int number, MeasureState state, int sumSize) {
        int size = 1 + CodedOutputStream.computeUInt32SizeNoTag(number);
        if (state.count() != 0) {
            size += 1 + CodedOutputStream.computeSInt64SizeNoTag(state.count());
        }
        if (state.good() != 0) {
            size += 1 + CodedOutputStream.computeSInt64SizeNoTag(state.good());
        }
        if (sumSize > 0) {
            size += 1 + CodedOutputStream.computeUInt32SizeNoTag(sumSize) + sumSize;
        }
        Buckets buckets = state.buckets();
        if (!buckets.isEmpty()) {
            int indices = indicesSize(buckets);
            int counts = countsSize(buckets);
            size += 1 + CodedOutputStream.computeUInt32SizeNoTag(indices) + indices;
            size += 1 + CodedOutputStream.computeUInt32SizeNoTag(counts) + counts;
        }
        return size;
    }

    private static int indicesSize(Buckets buckets) {
        int size = 0;
        int previous = 0;
        for (int i = 0; i < buckets.size(); i++) {
            size += CodedOutputStream.computeSInt32SizeNoTag(buckets.indexAt(i) - previous);
            previous = buckets.indexAt(i);
        }
        return size;
    }

    private static int countsSize(Buckets buckets) {
        int size = 0;
        for (int i = 0; i < buckets.size(); i++) {
            size += CodedOutputStream.computeSInt64SizeNoTag(buckets.countAt(i));
        }
        return size;
    }

    private static void writeBody(CodedOutputStream out, int number, MeasureState state, byte[] sum)
            throws IOException {
        out.writeUInt32(MEASURE, number);
        if (state.count() != 0) {
            out.writeSInt64(COUNT, state.count());
        }
        if (state.good() != 0) {
            out.writeSInt64(GOOD, state.good());
        }
        if (sum.length > 0) {
            out.writeByteArray(SUM, sum);
        }
        Buckets buckets = state.buckets();
        if (buckets.isEmpty()) {
            return;
        }
        out.writeTag(BUCKET_INDEX, BYTES);
        out.writeUInt32NoTag(indicesSize(buckets));
        int previous = 0;
        for (int i = 0; i < buckets.size(); i++) {
            out.writeSInt32NoTag(buckets.indexAt(i) - previous);
            previous = buckets.indexAt(i);
        }
        out.writeTag(BUCKET_COUNT, BYTES);
        out.writeUInt32NoTag(countsSize(buckets));
        for (int i = 0; i < buckets.size(); i++) {
            out.writeSInt64NoTag(buckets.countAt(i));
        }
    }

    /** Adds what the bytes say to a window, without the measures named. */
    static void decode(byte[] bytes, WindowState window, Measure... skipped) {
        CodedInputStream in = CodedInputStream.newInstance(bytes);
        try {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                if (tag == (MEASURES << 3 | BYTES)) {
                    int limit = in.pushLimit(in.readRawVarint32());
                    Body body = new Body();
                    if (body.read(in, skipped)) {
                        body.addTo(window);
                    }
                    in.popLimit(limit);
                } else {
                    in.skipField(tag);
                }
            }
        } catch (IOException | ArithmeticException broken) {
            throw new IllegalArgumentException("not a window state: " + broken.getMessage(), broken);
        }
    }

    /** One measure while it is read: fields may come in any order. */
    private static final class Body {
        private int number;
        private long count;
        private long good;
        private BigDecimal sum = BigDecimal.ZERO;
        private int[] gaps = NO_INTS;
        private int gapsRead;
        private long[] counts = NO_LONGS;
        private int countsRead;

        /** Reads the measure; false if it is one to be skipped. */
        boolean read(CodedInputStream in, Measure... skipped) throws IOException {
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (tag) {
                    case MEASURE << 3 | VARINT -> {
                        number = in.readEnum();
                        if (isAmong(number, skipped)) { // it comes first, as a rule: the rest is not even looked at
                            in.skipRawBytes(in.getBytesUntilLimit());
                            return false;
                        }
                    }
                    case COUNT << 3 | VARINT -> count = in.readSInt64();
                    case GOOD << 3 | VARINT -> good = in.readSInt64();
                    case SUM << 3 | BYTES -> sum = readDecimal(in);
                    case BUCKET_INDEX << 3 | VARINT -> gap(in.readSInt32());
                    case BUCKET_COUNT << 3 | VARINT -> count(in.readSInt64());
                    case BUCKET_INDEX << 3 | BYTES -> {
                        int limit = in.pushLimit(in.readRawVarint32());
                        while (!in.isAtEnd()) {
                            gap(in.readSInt32());
                        }
                        in.popLimit(limit);
                    }
                    case BUCKET_COUNT << 3 | BYTES -> {
                        int limit = in.pushLimit(in.readRawVarint32());
                        while (!in.isAtEnd()) {
                            count(in.readSInt64());
                        }
                        in.popLimit(limit);
                    }
                    default -> in.skipField(tag);
                }
            }
            return true;
        }

        private static boolean isAmong(int number, Measure... measures) {
            for (Measure measure : measures) {
                if (measure.getNumber() == number) {
                    return true;
                }
            }
            return false;
        }

        private void gap(int gap) {
            if (gapsRead == gaps.length) {
                gaps = Arrays.copyOf(gaps, Math.max(32, gapsRead * 2));
            }
            gaps[gapsRead++] = gap;
        }

        private void count(long n) {
            if (countsRead == counts.length) {
                counts = Arrays.copyOf(counts, Math.max(32, countsRead * 2));
            }
            counts[countsRead++] = n;
        }

        void addTo(WindowState window) {
            if (gapsRead != countsRead) {
                throw new IllegalArgumentException(
                        "not a window state: " + gapsRead + " bucket indices but " + countsRead + " bucket counts");
            }
            MeasureState state = window.state(number);
            state.add(count, good);
            if (sum.scale() == 0 && sum.unscaledValue().bitLength() < Long.SIZE) {
                state.addSum(sum.longValue());
            } else {
                state.addSum(sum);
            }
            // one merge of sorted buckets is cheaper than a search and a shift for each of them
            Buckets buckets = state.buckets().isUntouched() ? state.buckets() : new Buckets();
            int index = 0;
            for (int i = 0; i < gapsRead; i++) {
                index = Math.addExact(index, gaps[i]);
                if (!buckets.append(index, counts[i])) {
                    buckets.add(index, counts[i]);
                }
            }
            if (buckets != state.buckets()) {
                state.buckets().plus(buckets);
            }
        }

        private static BigDecimal readDecimal(CodedInputStream in) throws IOException {
            int limit = in.pushLimit(in.readRawVarint32());
            byte[] unscaled = {};
            int scale = 0;
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                switch (tag) {
                    case UNSCALED << 3 | BYTES -> unscaled = in.readByteArray();
                    case SCALE << 3 | VARINT -> scale = in.readInt32();
                    default -> in.skipField(tag);
                }
            }
            in.popLimit(limit);
            if (unscaled.length > MAX_SUM_BYTES) {
                throw new IllegalArgumentException("not a window state: a sum of " + unscaled.length + " bytes");
            }
            BigInteger digits = unscaled.length == 0 ? BigInteger.ZERO : new BigInteger(unscaled);
            return digits.signum() == 0 ? BigDecimal.ZERO : new BigDecimal(digits, scale);
        }
    }
}
