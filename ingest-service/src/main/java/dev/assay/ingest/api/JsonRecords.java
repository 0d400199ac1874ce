package dev.assay.ingest.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.assay.ingest.domain.call.Texts;
import dev.assay.ingest.http.Body;
import dev.assay.ingest.json.JsonValues;
import dev.assay.platform.web.Problem;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads the records of a body: one JSON object, an array of them, or one per line.
 *
 * <p>Streaming: no tree of the body is made. A body that is no JSON fails as a whole; of lines, only the broken ones do.
 */
final class JsonRecords {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final Target target;
    private final int maxRecords;
    private int index;

    /** Takes records, field by field. */
    interface Target {
        /** A record begins. */
        void begin();

        /** A field of it; the value is null for JSON's null. */
        void field(String name, @Nullable Object value);

        /** The record is complete. */
        void end(int index);

        /** What stands at this place is no record. */
        void malformed(int index, String reason);
    }

    private JsonRecords(Target target, int maxRecords) {
        this.target = target;
        this.maxRecords = maxRecords;
    }

    /**
     * Reads a body.
     *
     * @throws Problem 400 if it is no JSON, 413 if there are too many records, 415 if its type is another
     */
    static void read(Body body, @Nullable String contentType, int maxRecords, Target target) {
        boolean lines = isLines(contentType);
        int from = startOf(body);
        if (from == body.length()) {
            throw Problem.badRequest(null, "the body is empty");
        }
        JsonRecords records = new JsonRecords(target, maxRecords);
        try {
            if (lines || isObjectPerLine(body, from)) {
                records.readLines(body, from);
            } else {
                records.readDocument(body, from);
            }
        } catch (JsonProcessingException e) {
            throw Problem.badRequest(null, "the body is not valid JSON" + at(e));
        } catch (IOException e) {
            throw Problem.badRequest(null, "the body is not valid JSON in UTF-8");
        }
    }

    private static boolean isLines(@Nullable String contentType) {
        String type =
                contentType == null ? "" : contentType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        return switch (type) {
            case "", "application/json", "text/json" -> false;
            case "application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines" -> true;
            default ->
                throw Problem.unsupportedMediaType("Content-Type must be application/json or application/x-ndjson");
        };
    }

    private static int startOf(Body body) {
        int from = 0;
        if (body.length() >= 3 && Arrays.equals(body.bytes(), 0, 3, BYTE_ORDER_MARK, 0, 3)) {
            from = 3;
        }
        while (from < body.length() && isBlank(body.bytes()[from])) {
            from++;
        }
        return from;
    }

    /** Whether the first line is an object by itself and more follows: lines, whatever the type says. */
    private static boolean isObjectPerLine(Body body, int from) {
        if (body.bytes()[from] != '{') {
            return false;
        }
        int end = endOfLine(body, from);
        int next = end;
        while (next < body.length() && isBlank(body.bytes()[next])) {
            next++;
        }
        if (next == body.length()) {
            return false;
        }
        try (JsonParser parser = JsonValues.FACTORY.createParser(body.bytes(), from, end - from)) {
            parser.nextToken();
            parser.skipChildren();
            return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    private void readDocument(Body body, int from) throws IOException {
        try (JsonParser parser = JsonValues.FACTORY.createParser(body.bytes(), from, body.length() - from)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    record(parser);
                }
            } else if (first == JsonToken.START_OBJECT) {
                record(parser);
            } else {
                throw Problem.badRequest(null, "the body must be a JSON object, an array of them, or one per line");
            }
            if (parser.nextToken() != null) {
                throw Problem.badRequest(null, "something follows the JSON document");
            }
        }
    }

    private void readLines(Body body, int from) throws IOException {
        for (int start = from; start < body.length(); ) {
            int end = endOfLine(body, start);
            if (!isBlankLine(body, start, end)) {
                readLine(body, start, end);
            }
            start = end + 1;
        }
    }

    private void readLine(Body body, int start, int end) {
        int at = next();
        try (JsonParser parser = JsonValues.FACTORY.createParser(body.bytes(), start, end - start)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                target.malformed(at, "must be a JSON object");
                return;
            }
            target.begin();
            fields(parser);
            if (parser.nextToken() != null) {
                target.malformed(at, "must be one JSON object on its line");
            } else {
                target.end(at);
            }
        } catch (JsonProcessingException e) {
            target.malformed(at, "is not valid JSON" + at(e));
        } catch (IOException e) {
            target.malformed(at, "is not valid JSON in UTF-8");
        }
    }

    private void record(JsonParser parser) throws IOException {
        int at = next();
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            target.malformed(at, "must be a JSON object");
            return;
        }
        target.begin();
        fields(parser);
        target.end(at);
    }

    private void fields(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = Texts.clean(parser.currentName());
            parser.nextToken();
            target.field(name, JsonValues.value(parser));
        }
    }

    private int next() {
        if (index >= maxRecords) {
            throw Problem.tooLarge("at most " + maxRecords + " events in a request");
        }
        return index++;
    }

    /** Where a text stops being JSON; never what stands there. */
    private static String at(JsonProcessingException e) {
        return e.getLocation() == null
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr() + ")";
    }

    private static int endOfLine(Body body, int from) {
        int end = from;
        while (end < body.length() && body.bytes()[end] != '\n') {
            end++;
        }
        return end;
    }

    private static boolean isBlankLine(Body body, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isBlank(body.bytes()[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }
}
