package dev.assay.dashboard.domain;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one end of a range: RFC 3339, {@code now}, or relative to now like {@code now-24h}. */
final class Moment {
    private static final Pattern RELATIVE = Pattern.compile("now(?:([+-])(\\d{1,6})([smhdw]))?");

    private Moment() {}

    static Instant parse(String parameter, String text, Instant now) {
        Matcher relative = RELATIVE.matcher(text);
        if (relative.matches()) {
            if (relative.group(1) == null) {
                return now;
            }
            Duration distance = unit(relative.group(3)).multipliedBy(Long.parseLong(relative.group(2)));
            return "-".equals(relative.group(1)) ? now.minus(distance) : now.plus(distance);
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new InvalidParameter(
                    parameter,
                    parameter + " must be RFC 3339 or relative like now-24h, got: "
                            + text.substring(0, Math.min(text.length(), 40)));
        }
    }

    private static Duration unit(String letter) {
        return switch (letter) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            case "d" -> Duration.ofDays(1);
            default -> Duration.ofDays(7);
        };
    }
}
