package dev.assay.cost.api.bill;

import dev.assay.platform.web.Problem;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Single values of a bill, checked. */
final class BillValues {
    private static final BigDecimal MOST = new BigDecimal("1000000000000");
    // OpenAI writes up to 40
    private static final int MAX_DIGITS = 60;
    private static final int MAX_CHARACTERS = 100;
    private static final int MAX_NAME = 200;

    private BillValues() {}

    static BigDecimal amount(String field, String text) {
        BigDecimal amount;
        try {
            amount = new BigDecimal(text.length() > MAX_CHARACTERS ? "" : text);
        } catch (NumberFormatException e) {
            throw Problem.unprocessable(field, "must be a decimal like \"0.06\", got: " + shown(text));
        }
        // the scale first: comparing 1E-999999999 would write out its digits
        if (Math.abs(amount.scale()) > MAX_DIGITS || amount.abs().compareTo(MOST) > 0) {
            throw Problem.unprocessable(
                    field,
                    "must be -" + MOST + " to " + MOST + " with at most " + MAX_DIGITS + " decimals, got: "
                            + shown(text));
        }
        return amount;
    }

    /** An RFC 3339 time, {@code YYYY-MM-DD HH:MM:SS} in UTC, or a date's midnight in UTC. */
    static Instant time(String field, String text) {
        String time = text.replace(' ', 'T');
        try {
            if (time.length() == 10) {
                return LocalDate.parse(time).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            boolean zoned = time.endsWith("Z") || time.matches(".*[+-]\\d\\d:\\d\\d");
            return OffsetDateTime.parse(zoned ? time : time + "Z").toInstant();
        } catch (DateTimeException e) {
            throw Problem.unprocessable(field, "must be an RFC 3339 time or a date, got: " + shown(text));
        }
    }

    /** The time of Unix seconds. */
    static Instant seconds(String field, String text) {
        if (!text.matches("\\d{1,11}")) {
            throw Problem.unprocessable(field, "must be Unix seconds, got: " + shown(text));
        }
        return Instant.ofEpochSecond(Long.parseLong(text));
    }

    /** The UTC day of a time. */
    static LocalDate day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** The day of a bucket that is one whole day in UTC; calls are compared by such days. */
    static LocalDate wholeDay(String field, Instant start, @Nullable Instant end) {
        boolean whole = start.equals(start.truncatedTo(ChronoUnit.DAYS))
                && (end == null || end.equals(start.plus(1, ChronoUnit.DAYS)));
        if (!whole) {
            throw Problem.unprocessable(field, "must begin a bucket of one whole day in UTC, got: " + start);
        }
        return day(start);
    }

    static String name(String field, String text) {
        String name = text.strip();
        if (name.isEmpty() || name.length() > MAX_NAME || name.indexOf('\0') >= 0) {
            throw Problem.unprocessable(field, "must have 1 to " + MAX_NAME + " characters and no NUL");
        }
        return name;
    }

    static void currency(String field, String got, String ofProject) {
        if (!got.toUpperCase(Locale.ROOT).equals(ofProject)) {
            throw Problem.unprocessable(field, "must be the project's currency, " + ofProject + ", got: " + shown(got));
        }
    }

    /** What came, cut and without control characters. */
    static String shown(String value) {
        String text = value.replaceAll("\\p{Cntrl}", "?");
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
