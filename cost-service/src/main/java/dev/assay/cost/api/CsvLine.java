package dev.assay.cost.api;

import org.jspecify.annotations.Nullable;

/**
 * One line of CSV as RFC 4180 has it, ended by CRLF. Text that a spreadsheet would take for a formula is led by an
 * apostrophe: model names, users and apps are told by whoever sends telemetry
 * (<a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</a>).
 */
final class CsvLine {
    private static final String FORMULA_STARTS = "=+-@\t\r\n＝＋－＠";

    private final StringBuilder line = new StringBuilder(256);
    private boolean first = true;

    /** A text from outside; null is an empty field. */
    CsvLine text(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return raw("");
        }
        return raw(FORMULA_STARTS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value);
    }

    /** A number, a time or a word of our own; null is an empty field. */
    CsvLine own(@Nullable Object value) {
        return raw(value == null ? "" : value.toString());
    }

    private CsvLine raw(String value) {
        if (!first) {
            line.append(',');
        }
        first = false;
        boolean quoted = value.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        line.append(quoted ? '"' + value.replace("\"", "\"\"") + '"' : value);
        return this;
    }

    /** The line with its end. */
    String end() {
        return line.append("\r\n").toString();
    }
}
