package dev.assay.cost.api.bill;

import dev.assay.platform.web.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Comma-separated values as RFC 4180 has them, with a header; names of columns without regard to case. */
final class CsvRecords {
    private static final int MOST_COLUMNS = 300;

    private final String text;
    private int at;

    private CsvRecords(String text) {
        this.text = text;
        this.at = text.startsWith("\uFEFF") ? 1 : 0;
    }

    /** One record by column. */
    record Line(int number, Map<String, Integer> columns, List<String> fields) {
        /** The column's text; null when it is empty or there is no such column. */
        @Nullable
        String find(String column) {
            Integer index = columns.get(column.toLowerCase(Locale.ROOT));
            if (index == null || index >= fields.size() || fields.get(index).isBlank()) {
                return null;
            }
            return fields.get(index).strip();
        }

        String get(String column) {
            String value = find(column);
            if (value == null) {
                throw Problem.unprocessable(column, "must be given in record " + number);
            }
            return value;
        }
    }

    /** The records after the header, at most {@code most}; blank lines are skipped. */
    static List<Line> read(String text, int most, List<String> required) {
        CsvRecords records = new CsvRecords(text);
        Map<String, Integer> columns = columns(records.next());
        for (String column : required) {
            if (!columns.containsKey(column.toLowerCase(Locale.ROOT))) {
                throw Problem.unprocessable(column, "must be a column of the file");
            }
        }
        List<Line> lines = new ArrayList<>();
        while (records.at < text.length()) {
            List<String> fields = records.next();
            if (fields.size() == 1 && fields.get(0).isEmpty()) {
                continue;
            }
            if (lines.size() == most) {
                throw Problem.tooLarge("a file has at most " + most + " records");
            }
            lines.add(new Line(lines.size() + 1, columns, fields));
        }
        return lines;
    }

    private static Map<String, Integer> columns(List<String> header) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < header.size(); i++) {
            columns.putIfAbsent(header.get(i).strip().toLowerCase(Locale.ROOT), i);
        }
        return columns;
    }

    private List<String> next() {
        List<String> fields = new ArrayList<>();
        while (true) {
            fields.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
            if (fields.size() > MOST_COLUMNS) {
                throw Problem.unprocessable(null, "a record has at most " + MOST_COLUMNS + " fields");
            }
            if (at >= text.length()) {
                return fields;
            }
            char after = text.charAt(at++);
            if (after == '\n') {
                return fields;
            }
            if (after == '\r') {
                at += at < text.length() && text.charAt(at) == '\n' ? 1 : 0;
                return fields;
            }
        }
    }

    private String plain() {
        int from = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted() {
        StringBuilder field = new StringBuilder();
        at++;
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next != '"') {
                field.append(next);
            } else if (at < text.length() && text.charAt(at) == '"') {
                field.append('"');
                at++;
            } else if (at >= text.length() || ",\r\n".indexOf(text.charAt(at)) >= 0) {
                return field.toString();
            } else {
                throw Problem.unprocessable(null, "a closing quote must be followed by a comma or the line's end");
            }
        }
        throw Problem.unprocessable(null, "a quoted field must be closed");
    }
}
