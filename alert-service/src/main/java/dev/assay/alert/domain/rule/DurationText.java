package dev.assay.alert.domain.rule;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them in rules: {@code 90s}, {@code 5m}, {@code 1h30m}, {@code 1d}, {@code 2w}. */
public final class DurationText {
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,4})w)?(?:(\\d{1,5})d)?(?:(\\d{1,6})h)?(?:(\\d{1,7})m)?(?:(\\d{1,8})s)?");

    private DurationText() {}

    /**
     * The duration that {@code text} says.
     *
     * @throws InvalidRule naming {@code field} if it says none
     */
    public static Duration parse(String field, String text) {
        String trimmed = text.strip();
        if (trimmed.equals("0")) {
            return Duration.ZERO;
        }
        Matcher parts = FORM.matcher(trimmed);
        if (trimmed.isEmpty() || !parts.matches()) {
            throw new InvalidRule(field, "must be a duration like 90s, 5m, 1h or 1d, got: " + shortened(text));
        }
        return Duration.ofDays(7 * part(parts, 1) + part(parts, 2))
                .plusHours(part(parts, 3))
                .plusMinutes(part(parts, 4))
                .plusSeconds(part(parts, 5));
    }

    /** The shortest text in the largest units that fit: {@code 1d}, {@code 1h30m}, {@code 0s}. */
    public static String format(Duration duration) {
        long rest = duration.toSeconds();
        if (rest == 0) {
            return "0s";
        }
        StringBuilder text = new StringBuilder();
        String[] units = {"d", "h", "m", "s"};
        long[] seconds = {86_400, 3_600, 60, 1};
        for (int i = 0; i < units.length; i++) {
            if (rest >= seconds[i]) {
                text.append(rest / seconds[i]).append(units[i]);
                rest %= seconds[i];
            }
        }
        return text.toString();
    }

    private static long part(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
