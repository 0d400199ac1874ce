package dev.assay.quality.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.assay.quality.app.Gates.Case;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A dataset as text: JSON objects, one a line, or CSV with a header (RFC 4180). Fields {@code id} (the line's number where
 * it is missing), {@code input}, {@code expected}; others are ignored.
 */
public final class DatasetText {
    /** The most cases of a dataset. */
    public static final int MOST_CASES = 10_000;

    private static final int MAX_TEXT = 50_000;
    private static final int MAX_ID = 200;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private DatasetText() {}

    /**
     * The cases of JSON lines.
     *
     * @throws IllegalArgumentException that names the line
     */
    public static List<Case> jsonLines(String text) {
        List<Case> cases = new ArrayList<>();
        int number = 0;
        for (String line : text.split("\\R")) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            JsonNode node;
            try {
                node = JSON.readTree(line);
            } catch (JsonProcessingException malformed) {
                throw new IllegalArgumentException("line " + number + " is not JSON");
            }
            cases.add(checked(
                    number,
                    text(node, "id", String.valueOf(number)),
                    text(node, "input", ""),
                    text(node, "expected", "")));
        }
        return complete(cases);
    }

    private static String text(JsonNode node, String field, String otherwise) {
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull() ? otherwise : value.asText();
    }

    /**
     * The cases of CSV.
     *
     * @throws IllegalArgumentException that names the record
     */
    public static List<Case> csv(String text) {
        List<List<String>> records = records(text.startsWith("\uFEFF") ? text.substring(1) : text);
        if (records.isEmpty()) {
            throw new IllegalArgumentException("a header must name input and expected");
        }
        List<String> header = records.get(0).stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        int id = header.indexOf("id");
        int input = header.indexOf("input");
        int expected = header.indexOf("expected");
        if (input < 0 || expected < 0) {
            throw new IllegalArgumentException("a header must name input and expected");
        }
        List<Case> cases = new ArrayList<>();
        for (int i = 1; i < records.size(); i++) {
            List<String> fields = records.get(i);
            if (fields.size() != header.size()) {
                throw new IllegalArgumentException(
                        "record " + i + " must have " + header.size() + " fields, got: " + fields.size());
            }
            cases.add(checked(i, id < 0 ? String.valueOf(i) : fields.get(id), fields.get(input), fields.get(expected)));
        }
        return complete(cases);
    }

    private static Case checked(int number, String id, String input, String expected) {
        if (id.isBlank() || id.length() > MAX_ID || input.isBlank() || expected.isBlank()) {
            throw new IllegalArgumentException("line " + number + " must have input and expected, and an id of at most "
                    + MAX_ID + " characters where it has one");
        }
        if (input.length() > MAX_TEXT || expected.length() > MAX_TEXT) {
            throw new IllegalArgumentException(
                    "line " + number + " must have texts of at most " + MAX_TEXT + " characters");
        }
        return new Case(ScoreCalls.storable(id), ScoreCalls.storable(input), ScoreCalls.storable(expected));
    }

    private static List<Case> complete(List<Case> cases) {
        if (cases.isEmpty() || cases.size() > MOST_CASES) {
            throw new IllegalArgumentException("there must be 1 to " + MOST_CASES + " cases, got: " + cases.size());
        }
        Set<String> ids = new HashSet<>();
        cases.forEach(it -> {
            if (!ids.add(it.id())) {
                throw new IllegalArgumentException("ids must differ, twice: " + it.id());
            }
        });
        return cases;
    }

    /** RFC 4180: fields in quotes may have commas, line ends and doubled quotes. */
    private static List<List<String>> records(String text) {
        List<List<String>> records = new ArrayList<>();
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted) {
                if (c != '"') {
                    field.append(c);
                } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
                    field.append('"');
                    i++;
                } else {
                    quoted = false;
                }
            } else if (c == '"' && field.length() == 0) {
                quoted = true;
                any = true;
            } else if (c == ',') {
                fields.add(field.toString());
                field.setLength(0);
                any = true;
            } else if (c == '\n' || c == '\r') {
                if (any || field.length() > 0) {
                    fields.add(field.toString());
                    records.add(List.copyOf(fields));
                }
                fields.clear();
                field.setLength(0);
                any = false;
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote is not closed");
        }
        if (any || field.length() > 0) {
            fields.add(field.toString());
            records.add(List.copyOf(fields));
        }
        return records;
    }
}
