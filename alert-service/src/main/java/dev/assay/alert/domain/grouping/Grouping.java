package dev.assay.alert.domain.grouping;

import dev.assay.alert.domain.rule.DurationText;
import dev.assay.alert.domain.rule.InvalidRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a receiver wants its notifications put together; the words are Alertmanager's.
 *
 * @param groupBy labels whose values must be the same within a group; {@code rule}, {@code rule_id} and
 *     {@code severity} too. None: all in one group
 * @param groupWait how long a new group waits for others to join
 * @param groupInterval how long after a notification of a group what has joined or changed since is told
 * @param repeatInterval how long after that what still fires is told again; null for never
 * @param rateLimit at most so many notifications within {@link #RATE_PERIOD}; null for no limit
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/#route">Alertmanager: route</a>
 */
public record Grouping(
        List<String> groupBy,
        Duration groupWait,
        Duration groupInterval,
        @Nullable Duration repeatInterval,
        @Nullable Integer rateLimit) {
    /** What a rate limit counts over. */
    public static final Duration RATE_PERIOD = Duration.ofMinutes(10);

    private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,39}");
    private static final int MAX_NAMES = 10;
    private static final int MAX_RATE = 1_000;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);
    private static final Duration LONGEST_REPEAT = Duration.ofDays(7);

    public Grouping {
        if (groupBy.size() > MAX_NAMES
                || groupBy.stream().anyMatch(name -> !NAME.matcher(name).matches())) {
            throw new InvalidRule(
                    "grouping.group_by", "must be at most " + MAX_NAMES + " label names of a-z, 0-9 and _");
        }
        requireBetween("grouping.group_wait", groupWait, Duration.ZERO, LONGEST_WAIT);
        requireBetween("grouping.group_interval", groupInterval, Duration.ofSeconds(1), LONGEST_INTERVAL);
        if (repeatInterval != null) {
            requireBetween("grouping.repeat_interval", repeatInterval, Duration.ofMinutes(1), LONGEST_REPEAT);
        }
        if (rateLimit != null && (rateLimit < 1 || rateLimit > MAX_RATE)) {
            throw new InvalidRule("grouping.rate_limit", "must be 1 to " + MAX_RATE + ", got: " + rateLimit);
        }
        groupBy = List.copyOf(groupBy);
    }

    /** The name of the group that a notification with these labels belongs to. */
    public String key(Map<String, String> labels) {
        return groupBy.stream()
                .map(name -> name + "=" + quoted(labels.getOrDefault(name, "")))
                .collect(Collectors.joining(","));
    }

    /** With quotes, so that a value that holds a comma is no other group's name. */
    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static void requireBetween(String field, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new InvalidRule(
                    field,
                    "must be " + DurationText.format(least) + " to " + DurationText.format(most) + ", got: "
                            + DurationText.format(value));
        }
    }
}
