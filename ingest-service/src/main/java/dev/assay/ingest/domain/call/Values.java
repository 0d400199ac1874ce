package dev.assay.ingest.domain.call;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values that a client wrote into an event, strictly: a number in text is a mistake that its sender wants to know
 * of.
 *
 * <p>Each method throws {@link BadValue} with the rule that was broken. Texts are not repeated in it: an error body must not
 * carry what a user typed.
 */
final class Values {
    /** More than any call has; keeps sums within 64 bits. */
    static final long MAX_COUNT = 1_000_000_000_000L;

    /** The longest duration that a call may have: 30 days. */
    static final double MAX_DURATION_MS = 30L * 24 * 60 * 60 * 1000;

    /** A value that breaks a rule; the message is the reason to give. */
    static final class BadValue extends Exception {
        BadValue(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    static String text(Object value) throws BadValue {
        if (value instanceof String text) {
            return text;
        }
        throw new BadValue("must be a string, got " + kind(value));
    }

    /** A text of bounded length; scalars of other types are written out. */
    static String label(Object value, int maxChars) throws BadValue {
        String text = text(value);
        if (text.length() > maxChars) {
            throw new BadValue("must have at most " + maxChars + " characters, got " + text.length());
        }
        return text;
    }

    static long count(Object value, long min, long max) throws BadValue {
        double number;
        if (value instanceof Long whole) {
            if (whole < min || whole > max) {
                throw outOfRange(value, min, max);
            }
            return whole;
        } else if (value instanceof Integer whole) {
            return count((Long) whole.longValue(), min, max);
        } else if (value instanceof Double real) {
            number = real;
        } else {
            throw new BadValue("must be a whole number, got " + kind(value));
        }
        if (!(number >= min && number <= max)) {
            throw outOfRange(value, min, max);
        }
        if (number != Math.rint(number)) {
            throw new BadValue("must be a whole number, got " + number);
        }
        return (long) number;
    }

    private static BadValue outOfRange(Object value, long min, long max) {
        return value instanceof Number number && number.doubleValue() < min
                ? new BadValue("must be >= " + min + ", got " + value)
                : new BadValue("must be <= " + max + ", got " + value);
    }

    static double number(Object value, double max) throws BadValue {
        if (!(value instanceof Number)) {
            throw new BadValue("must be a number, got " + kind(value));
        }
        double number = ((Number) value).doubleValue();
        if (!(number >= 0)) {
            throw new BadValue("must be >= 0, got " + value);
        }
        if (number > max) {
            throw new BadValue("must be <= " + max + ", got " + value);
        }
        return number;
    }

    /** Milliseconds as microseconds. */
    static long micros(Object milliseconds) throws BadValue {
        return Math.round(number(milliseconds, MAX_DURATION_MS) * 1000);
    }

    /** A moment in microseconds since the epoch, from RFC 3339 or from a time that is read already. */
    static long time(Object value) throws BadValue {
        if (value instanceof Instant instant) {
            return micros(instant);
        }
        if (!(value instanceof String text)) {
            throw new BadValue("must be a time as in 2026-01-31T12:00:00Z, got " + kind(value));
        }
        try {
            return micros(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new BadValue("must be a time as in 2026-01-31T12:00:00Z");
        }
    }

    private static long micros(Instant instant) throws BadValue {
        try {
            return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        } catch (ArithmeticException e) {
            throw new BadValue("is beyond any time that can be stored");
        }
    }

    static boolean flag(Object value) throws BadValue {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new BadValue("must be true or false, got " + kind(value));
    }

    /** One word of a closed set. */
    static <T> T word(Object value, Map<String, T> words) throws BadValue {
        T found = value instanceof String text ? words.get(text) : null;
        if (found == null) {
            throw new BadValue("must be one of " + String.join(", ", words.keySet()));
        }
        return found;
    }

    static BigDecimal amount(Object value) throws BadValue {
        BigDecimal amount = decimal(value);
        if (amount == null || amount.precision() > 40 || Math.abs(amount.scale()) > 40) {
            throw new BadValue("must be a decimal amount as in \"0.0012\"");
        }
        if (amount.signum() < 0) {
            throw new BadValue("must be >= 0, got " + value);
        }
        return amount;
    }

    private static @Nullable BigDecimal decimal(Object value) {
        try {
            if (value instanceof String text && text.length() <= 64) {
                return new BigDecimal(text);
            }
            if (value instanceof Long whole) {
                return BigDecimal.valueOf(whole);
            }
            return value instanceof Double real && Double.isFinite(real) ? BigDecimal.valueOf(real) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** What a value is, in a reader's words. */
    static String kind(Object value) {
        if (value instanceof String) {
            return "a string";
        }
        if (value instanceof Map<?, ?>) {
            return "an object";
        }
        if (value instanceof Iterable<?>) {
            return "an array";
        }
        return String.valueOf(value);
    }

    private Values() {}
}
