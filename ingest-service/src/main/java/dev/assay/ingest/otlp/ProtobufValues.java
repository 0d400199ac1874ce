package dev.assay.ingest.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.assay.ingest.domain.call.Texts;
import dev.assay.ingest.domain.mapping.AttributeIndex;
import dev.assay.ingest.domain.mapping.Attributes;
import dev.assay.ingest.domain.mapping.GenAiAttributes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads OTLP's attributes straight from the wire.
 *
 * <p>The generated classes would make two objects and a text per attribute; here known keys are matched on their bytes.
 * Wire format and bounds are Protobuf's own reader's.
 */
final class ProtobufValues {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_KEY_BYTES = 1_000;
    private static final byte[] VECTOR_PREFIX = "embedding.embeddings.".getBytes(StandardCharsets.US_ASCII);

    private final byte[] buffer;
    private final int start;
    final CodedInputStream in;

    ProtobufValues(byte[] buffer, int start, int length) {
        this.buffer = buffer;
        this.start = start;
        this.in = CodedInputStream.newInstance(buffer, start, length);
    }

    /** Opens a length-delimited message; give the result to {@link #leave}. */
    int enter() throws IOException {
        return in.pushLimit(in.readRawVarint32());
    }

    void leave(int limit) throws IOException {
        if (in.getBytesUntilLimit() != 0) {
            throw new InvalidProtocolBufferException("message ends past its length");
        }
        in.popLimit(limit);
    }

    String text() throws IOException {
        int length = in.readRawVarint32();
        int at = position();
        in.skipRawBytes(length);
        return text(at, length);
    }

    private String text(int at, int length) {
        String text = new String(buffer, at, length, StandardCharsets.UTF_8);
        // as many characters as bytes: none of them is half of a pair
        return text.length() == length && text.indexOf(0) < 0 ? text : Texts.clean(text);
    }

    /** The hex of an id; see {@link TraceIds#hex}. */
    @Nullable
    String id(int expected) throws IOException {
        int length = in.readRawVarint32();
        int at = position();
        in.skipRawBytes(length);
        return TraceIds.hex(buffer, at, length, expected);
    }

    /** One {@code KeyValue} into the attributes. */
    void attribute(Attributes attributes) throws IOException {
        int limit = enter();
        int keyAt = 0;
        int keyLength = 0;
        Object value = null;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 10 -> {
                    keyLength = in.readRawVarint32();
                    keyAt = position();
                    in.skipRawBytes(keyLength);
                }
                case 18 -> value = isVector(keyAt, keyLength) ? skipped() : value(0);
                default -> skip(tag);
            }
        }
        leave(limit);
        if (value == null || keyLength > MAX_KEY_BYTES) {
            return;
        }
        GenAiAttributes known = AttributeIndex.find(buffer, keyAt, keyLength);
        if (known != null) {
            attributes.put(known, value);
        } else {
            attributes.putOther(text(keyAt, keyLength), value);
        }
    }

    /** Embedding vectors are thousands of numbers that nothing here reads. */
    private boolean isVector(int keyAt, int keyLength) {
        int length = VECTOR_PREFIX.length;
        return keyLength > length && Arrays.equals(VECTOR_PREFIX, 0, length, buffer, keyAt, keyAt + length);
    }

    private @Nullable Object skipped() throws IOException {
        in.skipRawBytes(in.readRawVarint32());
        return null;
    }

    /** An {@code AnyValue}; null when it holds nothing. */
    @Nullable
    Object value(int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new InvalidProtocolBufferException("attribute values nest deeper than " + MAX_DEPTH);
        }
        int limit = enter();
        Object value = null;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 10 -> value = text();
                case 16 -> value = in.readBool();
                case 24 -> value = in.readInt64();
                case 33 -> value = in.readDouble();
                case 42 -> value = list(depth);
                case 50 -> value = map(depth);
                case 58 -> value = Base64.getEncoder().encodeToString(in.readByteArray());
                default -> skip(tag);
            }
        }
        leave(limit);
        return value;
    }

    private List<Object> list(int depth) throws IOException {
        int limit = enter();
        List<Object> list = new ArrayList<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == 10) {
                Object element = value(depth + 1);
                if (element != null) {
                    list.add(element);
                }
            } else {
                skip(tag);
            }
        }
        leave(limit);
        return list;
    }

    private Map<String, Object> map(int depth) throws IOException {
        int limit = enter();
        Map<String, Object> map = new LinkedHashMap<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag == 10) {
                entry(map, depth);
            } else {
                skip(tag);
            }
        }
        leave(limit);
        return map;
    }

    private void entry(Map<String, Object> map, int depth) throws IOException {
        int limit = enter();
        String key = "";
        Object value = null;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag) {
                case 10 -> key = text();
                case 18 -> value = value(depth + 1);
                default -> skip(tag);
            }
        }
        leave(limit);
        if (value != null) {
            map.put(key, value);
        }
    }

    void skip(int tag) throws IOException {
        if (!in.skipField(tag)) {
            throw new InvalidProtocolBufferException("unexpected end of group");
        }
    }

    private int position() {
        return start + in.getTotalBytesRead();
    }
}
