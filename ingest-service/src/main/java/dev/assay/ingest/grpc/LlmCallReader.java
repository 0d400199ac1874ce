package dev.assay.ingest.grpc;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Timestamp;
import dev.assay.ingest.domain.call.CallDraft;
import dev.assay.ingest.domain.call.Texts;
import dev.assay.ingest.v1.LlmCall;
import dev.assay.ingest.v1.ToolCall;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts the fields of a gRPC call into a draft: they have the names that they have in JSON, and obey the same rules. */
final class LlmCallReader {

    static void read(LlmCall call, CallDraft draft) {
        call.getAllFields().forEach((field, value) -> draft.set(field.getName(), value(field, value)));
    }

    private static Object value(FieldDescriptor field, Object value) {
        if (field.isMapField()) {
            return map((List<?>) value);
        }
        if (field.isRepeated()) {
            return list((List<?>) value);
        }
        return single(value);
    }

    private static Object single(Object value) {
        if (value instanceof String text) {
            return Texts.clean(text);
        }
        if (value instanceof Integer number) {
            return number.longValue();
        }
        if (value instanceof Timestamp time) {
            return time(time);
        }
        if (value instanceof ToolCall tool) {
            return Map.of(
                    "id", Texts.clean(tool.getId()),
                    "name", Texts.clean(tool.getName()),
                    "arguments", Texts.clean(tool.getArguments()));
        }
        return value;
    }

    /** A time that is none is left to the rules, which name the field. */
    private static Object time(Timestamp time) {
        try {
            return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
        } catch (DateTimeException | ArithmeticException e) {
            return "";
        }
    }

    private static List<Object> list(List<?> values) {
        List<Object> list = new ArrayList<>(values.size());
        values.forEach(value -> list.add(single(value)));
        return list;
    }

    private static Map<String, Object> map(List<?> entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (Object entry : entries) {
            MapEntry<?, ?> pair = (MapEntry<?, ?>) entry;
            map.put(Texts.clean(String.valueOf(pair.getKey())), Texts.clean(String.valueOf(pair.getValue())));
        }
        return map;
    }

    private LlmCallReader() {}
}
