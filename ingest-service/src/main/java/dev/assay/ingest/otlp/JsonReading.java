package dev.assay.ingest.otlp;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.ingest.domain.call.Texts;
import dev.assay.ingest.domain.mapping.Attributes;
import dev.assay.ingest.domain.mapping.TelemetryScope;
import dev.assay.ingest.json.JsonValues;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The parts that all of OTLP's JSON shares: objects of known fields, 64-bit numbers as text or number, hex ids, {@code
 * AnyValue}.
 */
final class JsonReading {
    final JsonParser parser;

    JsonReading(byte[] body, int from, int length) throws IOException {
        this.parser = JsonValues.FACTORY.createParser(body, from, length);
    }

    /** Takes one field of an object; the parser stands at its value, and must stand at its end afterwards. */
    interface FieldReader {
        void read(String name) throws IOException;
    }

    /** Takes one element of an array. */
    interface ElementReader {
        void read() throws IOException;
    }

    /** The whole body: one object, and nothing behind it. */
    void document(FieldReader fields) throws IOException {
        parser.nextToken();
        object(fields);
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "something follows the request");
        }
    }

    void object(FieldReader fields) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        expect(JsonToken.START_OBJECT, "an object");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            fields.read(name);
        }
    }

    void array(ElementReader elements) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        expect(JsonToken.START_ARRAY, "an array");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.read();
        }
    }

    private void expect(JsonToken token, String what) throws IOException {
        if (parser.currentToken() != token) {
            throw new JsonParseException(parser, "expected " + what);
        }
    }

    /** Passes over a field that nothing here knows. */
    void skip() throws IOException {
        parser.skipChildren();
    }

    String text() throws IOException {
        return parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_NULL
                ? Texts.clean(parser.getText())
                : skippedText();
    }

    private String skippedText() throws IOException {
        parser.skipChildren();
        return "";
    }

    /** A 64-bit number, sent as number or as text; 0 when it is neither. */
    long number() throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_NUMBER_INT -> fits(parser.getNumberType()) ? parser.getLongValue() : outOfRange();
            case VALUE_NUMBER_FLOAT -> ofText(parser.getText());
            case VALUE_STRING -> ofText(parser.getText());
            default -> {
                parser.skipChildren();
                yield 0;
            }
        };
    }

    private static boolean fits(JsonParser.NumberType type) {
        return type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG;
    }

    /** Larger than any time or count: refused later by its range. */
    private static long outOfRange() {
        return Long.MAX_VALUE;
    }

    private static long ofText(String text) {
        if (text.isEmpty() || text.length() > 40) {
            return 0;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return ofDecimal(text);
        }
    }

    private static long ofDecimal(String text) {
        try {
            BigDecimal number = new BigDecimal(text);
            return Math.abs(number.precision() - number.scale()) > 19 ? outOfRange() : number.longValue();
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    @Nullable
    String id(int expectedBytes) throws IOException {
        return TraceIds.ofText(text(), expectedBytes);
    }

    void attributes(Attributes attributes) throws IOException {
        array(() -> {
            KeyValue pair = keyValue();
            if (pair.value != null && pair.key.length() <= 1_000) {
                attributes.put(pair.key, pair.value);
            }
        });
    }

    TelemetryScope scope() throws IOException {
        String[] scope = {"", ""};
        object(name -> {
            switch (name) {
                case "name" -> scope[0] = text();
                case "version" -> scope[1] = text();
                default -> skip();
            }
        });
        return new TelemetryScope(scope[0], scope[1]);
    }

    void resource(Attributes attributes) throws IOException {
        object(name -> {
            if (name.equals("attributes")) {
                attributes(attributes);
            } else {
                skip();
            }
        });
    }

    private static final class KeyValue {
        private String key = "";
        private @Nullable Object value;
    }

    private KeyValue keyValue() throws IOException {
        KeyValue pair = new KeyValue();
        object(name -> {
            switch (name) {
                case "key" -> pair.key = text();
                case "value" -> pair.value = anyValue();
                default -> skip();
            }
        });
        return pair;
    }

    /** An {@code AnyValue}; null when it holds nothing. */
    @Nullable
    Object anyValue() throws IOException {
        Object[] value = {null};
        object(name -> {
            switch (name) {
                case "stringValue", "bytesValue" -> value[0] = text();
                case "intValue" -> value[0] = number();
                case "doubleValue" -> value[0] = doubleValue();
                case "boolValue" -> value[0] = parser.currentToken() == JsonToken.VALUE_TRUE || isTrueText();
                case "arrayValue" -> value[0] = list();
                case "kvlistValue" -> value[0] = map();
                default -> skip();
            }
        });
        return value[0];
    }

    private boolean isTrueText() throws IOException {
        return text().equals("true");
    }

    double doubleValue() throws IOException {
        if (parser.currentToken().isNumeric()) {
            return parser.getDoubleValue();
        }
        try {
            return Double.parseDouble(text());
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private List<Object> list() throws IOException {
        List<Object> list = new ArrayList<>();
        object(name -> {
            if (!name.equals("values")) {
                skip();
                return;
            }
            array(() -> {
                Object element = anyValue();
                if (element != null) {
                    list.add(element);
                }
            });
        });
        return list;
    }

    private Map<String, Object> map() throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        object(name -> {
            if (!name.equals("values")) {
                skip();
                return;
            }
            array(() -> {
                KeyValue pair = keyValue();
                if (pair.value != null) {
                    map.put(pair.key, pair.value);
                }
            });
        });
        return map;
    }
}
