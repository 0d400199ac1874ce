package dev.assay.quality.api;

import dev.assay.platform.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a field of a request may be; each refusal names the field and what is allowed. */
final class Fields {
    /** The longest text that is quoted back. */
    private static final int QUOTED = 60;

    private Fields() {}

    static <T> T body(@Nullable T body) {
        if (body == null) {
            throw Problem.badRequest(null, "the body must be a JSON object");
        }
        return body;
    }

    /** A text that must be there, of 1 to {@code most} characters, without NUL. */
    static String text(String field, @Nullable String value, int most) {
        if (value == null || value.isBlank() || value.length() > most || value.indexOf('\0') >= 0) {
            throw Problem.unprocessable(field, "must have 1 to " + most + " characters and no NUL");
        }
        return value;
    }

    static @Nullable String optionalText(String field, @Nullable String value, int most) {
        return value == null ? null : text(field, value, most);
    }

    /** A list that must be there, of {@code least} to {@code most} entries, none of them null. */
    static <T> List<T> list(String field, @Nullable List<@Nullable T> value, int least, int most) {
        if (value == null
                || value.size() < least
                || value.size() > most
                || value.stream().anyMatch(it -> it == null)) {
            throw Problem.unprocessable(
                    field,
                    "must be a list of " + least + " to " + most + " entries"
                            + (value == null ? "" : ", none of them null, got: " + value.size()));
        }
        List<T> checked = new ArrayList<>();
        for (T entry : value) {
            if (entry != null) {
                checked.add(entry);
            }
        }
        return checked;
    }

    /** A number within limits, {@code otherwise} where it is not given. */
    static double number(String field, @Nullable Double value, double least, double most, double otherwise) {
        double number = value == null ? otherwise : value;
        if (!(number >= least && number <= most)) {
            throw Problem.unprocessable(field, "must be " + plain(least) + " to " + plain(most) + ", got: " + number);
        }
        return number;
    }

    /** A whole number within limits, {@code otherwise} where it is not given. */
    static int whole(String field, @Nullable Integer value, int least, int most, int otherwise) {
        int number = value == null ? otherwise : value;
        if (number < least || number > most) {
            throw Problem.unprocessable(field, "must be " + least + " to " + most + ", got: " + number);
        }
        return number;
    }

    /** One of some names, {@code otherwise} where it is not given. */
    static String oneOf(String field, @Nullable String value, List<String> allowed, String otherwise) {
        String given = value == null ? otherwise : value;
        if (!allowed.contains(given)) {
            throw Problem.unprocessable(
                    field, "must be one of " + String.join(", ", allowed) + ", got: " + quoted(given));
        }
        return given;
    }

    /** A whole number in a query, {@code otherwise} where it is not given. */
    static int parameter(String name, @Nullable String text, int least, int most, int otherwise) {
        if (text == null) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.parseInt(text);
        }
        throw Problem.badRequest(name, "must be " + least + " to " + most + ", got: " + quoted(text));
    }

    /** An id in a path; what is no id belongs to nothing. */
    static UUID id(String what, String text) {
        try {
            if (text.length() == 36) {
                return UUID.fromString(text);
            }
        } catch (IllegalArgumentException noId) {
            // answered below
        }
        throw Problem.notFound("there is no such " + what);
    }

    static String quoted(String text) {
        return text.length() > QUOTED ? text.substring(0, QUOTED) + "…" : text;
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
