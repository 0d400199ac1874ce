package dev.assay.ingest.domain.mapping;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The small set of error classes that KPIs count, from a status code or from what the error's type and text say. */
public final class ErrorClasses {
    private static final String[][] SIGNS = {
        {"cancelled", "cancel", "abort", "client_closed", "clientdisconnect"},
        {"rate_limit", "ratelimit", "rate_limit", "rate limit", "too many requests", "toomanyrequests", "quota", "429"},
        {"timeout", "timeout", "timed out", "timedout", "deadline", "408", "504"},
        {"auth", "authentic", "unauthorized", "permission", "forbidden", "api key", "apikey", "api_key", "401", "403"},
        {"content_filter", "content_filter", "contentfilter", "content filter", "content policy", "safety", "moderation"
        },
        {
            "invalid_request",
            "badrequest",
            "bad request",
            "bad_request",
            "invalid",
            "notfound",
            "not found",
            "not_found",
            "unprocessable",
            "context_length",
            "context length",
            "validation",
            "400",
            "404",
            "413",
            "422"
        },
        {
            "server",
            "server error",
            "server_error",
            "servererror",
            "internal",
            "overloaded",
            "unavailable",
            "bad gateway",
            "500",
            "502",
            "503",
            "529"
        },
    };

    /** The class of an error; {@code other} when nothing tells. */
    public static String of(@Nullable Integer httpStatus, @Nullable String type, @Nullable String message) {
        if (httpStatus != null && httpStatus >= 400) {
            return ofStatus(httpStatus);
        }
        String byType = bySigns(type);
        return byType != null ? byType : orOther(bySigns(message));
    }

    private static String ofStatus(int status) {
        return switch (status) {
            case 429 -> "rate_limit";
            case 401, 403 -> "auth";
            case 408, 504 -> "timeout";
            case 499 -> "cancelled";
            default -> status < 500 ? "invalid_request" : "server";
        };
    }

    private static @Nullable String bySigns(@Nullable String text) {
        if (text == null || text.isEmpty()) {
            return null;
        }
        // an error says what it is at its beginning
        String start = (text.length() > 300 ? text.substring(0, 300) : text).toLowerCase(Locale.ROOT);
        for (String[] signs : SIGNS) {
            for (int i = 1; i < signs.length; i++) {
                if (contains(start, signs[i])) {
                    return signs[0];
                }
            }
        }
        return null;
    }

    /** Numbers only as words of their own: 429 is not in "took 14290 ms". */
    private static boolean contains(String text, String sign) {
        boolean number = Character.isDigit(sign.charAt(0));
        for (int at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
            int end = at + sign.length();
            boolean alone = (at == 0 || !Character.isLetterOrDigit(text.charAt(at - 1)))
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)));
            if (!number || alone) {
                return true;
            }
        }
        return false;
    }

    private static String orOther(@Nullable String errorClass) {
        return errorClass == null ? "other" : errorClass;
    }

    private ErrorClasses() {}
}
