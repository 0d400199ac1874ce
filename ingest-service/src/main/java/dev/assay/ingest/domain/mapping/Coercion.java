package dev.assay.ingest.domain.mapping;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a value as the type that the canonical event wants.
 *
 * <p>SDKs behind a Micrometer bridge send every attribute as text, and some send whole numbers as doubles. A value that
 * cannot be read as the type asked for is null, never zero.
 */
public final class Coercion {
    /** More tokens than any call has; a larger figure is an error of the sender. */
    static final long MAX_COUNT = 1_000_000_000_000L;

    /** Text, or null when absent, empty or not a scalar. */
    public static @Nullable String text(@Nullable Object value) {
        if (value instanceof String text) {
            return text.isEmpty() ? null : text;
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value.toString();
        }
        return null;
    }

    /** A count of at least zero, or null: whole numbers, doubles with a whole value, and numeric text. */
    public static @Nullable Long count(@Nullable Object value) {
        if (value instanceof Long number) {
            return number >= 0 && number <= MAX_COUNT ? number : null;
        }
        Double number = number(value);
        if (number == null || number < 0 || number > MAX_COUNT || number != Math.rint(number)) {
            return null;
        }
        return number.longValue();
    }

    /** A finite number, or null. */
    public static @Nullable Double number(@Nullable Object value) {
        double number;
        if (value instanceof Number any) {
            number = any.doubleValue();
        } else if (value instanceof String text && looksNumeric(text)) {
            try {
                number = Double.parseDouble(text.trim());
            } catch (NumberFormatException e) {
                return null;
            }
        } else {
            return null;
        }
        return Double.isFinite(number) ? number : null;
    }

    /** An exact decimal within sane bounds, or null. */
    public static @Nullable BigDecimal decimal(@Nullable Object value) {
        if (value instanceof Double number) {
            return Double.isFinite(number) ? bounded(BigDecimal.valueOf(number)) : null;
        }
        if (value instanceof Long number) {
            return BigDecimal.valueOf(number);
        }
        if (value instanceof BigDecimal number) {
            return bounded(number);
        }
        if (value instanceof String text && looksNumeric(text)) {
            try {
                return bounded(new BigDecimal(text.trim()));
            } catch (NumberFormatException e) {
                return null;
            }
        }
        return null;
    }

    /** True or false, also from text in any case; else null. */
    public static @Nullable Boolean flag(@Nullable Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value instanceof String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> Boolean.TRUE;
                case "false" -> Boolean.FALSE;
                default -> null;
            };
        }
        return null;
    }

    /** The value as a list, or null. */
    public static @Nullable List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : null;
    }

    /** The value as a map, or null. */
    public static @Nullable Map<?, ?> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : null;
    }

    private static boolean looksNumeric(String text) {
        if (text.isEmpty() || text.length() > 64) {
            return false;
        }
        char first = text.charAt(0);
        return (first >= '0' && first <= '9') || first == '-' || first == '+' || first == '.' || first == ' ';
    }

    private static @Nullable BigDecimal bounded(BigDecimal number) {
        return number.precision() <= 40 && Math.abs(number.scale()) <= 40 ? number : null;
    }

    private Coercion() {}
}
