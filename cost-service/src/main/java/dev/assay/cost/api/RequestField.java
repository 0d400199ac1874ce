package dev.assay.cost.api;

import dev.assay.platform.web.Problem;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks of single values of a request's body; what is wrong is answered with the field's name and the rule. */
final class RequestField {
    static final int MAX_NAME = 200;
    private static final int MAX_SCALE = 20;
    private static final BigDecimal MAX_MONEY = new BigDecimal("1000000000000");

    private RequestField() {}

    /** A text that must be there. */
    static String text(String field, @Nullable String value) {
        if (value == null || value.isBlank() || value.length() > MAX_NAME || value.indexOf('\0') >= 0) {
            throw Problem.unprocessable(field, "must be given, with at most " + MAX_NAME + " characters and no NUL");
        }
        return value.strip();
    }

    /** A text that may be left out; empty then. */
    static String optionalText(String field, @Nullable String value) {
        return value == null || value.isEmpty() ? "" : text(field, value);
    }

    /** Money that must be there: a decimal from 0 on. */
    static BigDecimal money(String field, @Nullable String value) {
        BigDecimal amount;
        try {
            amount = new BigDecimal(value == null || value.length() > 60 ? "" : value.strip());
        } catch (NumberFormatException e) {
            throw Problem.unprocessable(field, "must be a decimal like \"0.05\", got: " + shown(value));
        }
        if (amount.signum() < 0 || amount.compareTo(MAX_MONEY) > 0 || amount.scale() > MAX_SCALE) {
            throw Problem.unprocessable(
                    field,
                    "must be 0 to " + MAX_MONEY + " with at most " + MAX_SCALE + " decimals, got: " + shown(value));
        }
        return amount;
    }

    /** Money of more than 0. */
    static BigDecimal someMoney(String field, @Nullable String value) {
        BigDecimal amount = money(field, value);
        if (amount.signum() == 0) {
            throw Problem.unprocessable(field, "must be > 0, got: " + shown(value));
        }
        return amount;
    }

    /** An id in a path; one that cannot be is one that is not there. */
    static UUID id(String what, String value) {
        try {
            if (value.length() == 36) {
                return UUID.fromString(value);
            }
        } catch (IllegalArgumentException malformed) {
            // answered below
        }
        throw Problem.notFound("there is no " + what + " of this id");
    }

    /** What came, cut and without control characters. */
    static String shown(@Nullable String value) {
        String text = String.valueOf(value).replaceAll("\\p{Cntrl}", "?");
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}
