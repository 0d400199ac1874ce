package dev.assay.platform.kpi;

import dev.assay.platform.kpi.KpiQuery.InvalidParameter;
import dev.assay.platform.window.Minutes;
import dev.assay.platform.window.TimeRange;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@link KpiQuery} from URL parameters. */
final class KpiQueryParser {
    private static final String TIME_RULE = "must be RFC 3339 or relative to now, like now-24h (s, m, h, d or w)";
    private static final Pattern RELATIVE = Pattern.compile("now(?:([+-])(\\d{1,9})([smhdw]))?");
    private static final Pattern OFFSET_WITHOUT_PLUS = Pattern.compile("(.*T.*) (\\d\\d:\\d\\d)");
    private static final Pattern NOW_WITHOUT_PLUS = Pattern.compile("now (\\d.*)");
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");
    private static final Duration DEFAULT_RANGE = Duration.ofHours(24);
    private static final int LONGEST_ECHO = 60;

    private final Map<String, List<String>> parameters;
    private final Instant now;
    private final Set<String> alsoAllowed;

    KpiQueryParser(Map<String, List<String>> parameters, Instant now, Set<String> alsoAllowed) {
        this.parameters = parameters;
        this.now = now;
        this.alsoAllowed = alsoAllowed;
    }

    KpiQuery parse() {
        refuseUnknown();
        Step step = step();
        TimeRange asked = range();
        limit(asked, step);
        TimeRange range = new TimeRange(Minutes.floor(asked.from()), Minutes.ceil(asked.to()));
        return new KpiQuery(range, step, groupBy(), filters(), zone(), now);
    }

    private void refuseUnknown() {
        for (String name : parameters.keySet()) {
            boolean known = Set.of("from", "to", "step", "group_by", "tz").contains(name)
                    || alsoAllowed.contains(name)
                    || Dimension.find(name).isPresent();
            if (!known) {
                String others = alsoAllowed.isEmpty() ? "" : ", " + String.join(", ", new TreeSet<>(alsoAllowed));
                throw new InvalidParameter(
                        echo(name),
                        "is not a parameter here; allowed are from, to, step, group_by, tz" + others
                                + " and the dimensions " + Dimension.allNames());
            }
        }
    }

    private TimeRange range() {
        String fromText = single("from");
        String toText = single("to");
        Instant to = toText == null ? now : time("to", toText);
        Instant from = fromText == null ? to.minus(DEFAULT_RANGE) : time("from", fromText);
        if (!from.isBefore(to)) {
            throw new InvalidParameter(
                    fromText == null ? "to" : "from", "must be before to, got: from " + from + ", to " + to);
        }
        return new TimeRange(from, to);
    }

    private static void limit(TimeRange asked, @Nullable Step step) {
        if (asked.duration().compareTo(KpiQuery.MAX_RANGE) > 0) {
            throw new InvalidParameter(
                    "from",
                    "must be at most " + KpiQuery.MAX_RANGE.toDays() + " days before to, got: "
                            + asked.duration().toDays() + " days");
        }
        if (step == Step.MINUTE && asked.duration().compareTo(KpiQuery.MAX_MINUTE_RANGE) > 0) {
            throw new InvalidParameter(
                    "step",
                    "must be 1h or 1d for a range over " + KpiQuery.MAX_MINUTE_RANGE.toDays() + " days, got: 1m over "
                            + asked.duration().toDays() + " days");
        }
    }

    private Instant time(String parameter, String text) {
        Instant time;
        try {
            time = relativeOrAbsolute(text);
        } catch (DateTimeException | ArithmeticException malformed) {
            throw new InvalidParameter(parameter, TIME_RULE + ", got: " + echo(text));
        }
        if (time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
            throw new InvalidParameter(parameter, "must lie in the years 1970 to 9998, got: " + echo(text));
        }
        return time;
    }

    /** An unescaped plus sign arrives as a space: it can mean nothing else in these places. */
    private Instant relativeOrAbsolute(String text) {
        Matcher relative = RELATIVE.matcher(NOW_WITHOUT_PLUS.matcher(text).replaceFirst("now+$1"));
        if (!relative.matches()) {
            Matcher offset = OFFSET_WITHOUT_PLUS.matcher(text);
            return OffsetDateTime.parse(offset.matches() ? offset.group(1) + "+" + offset.group(2) : text)
                    .toInstant();
        }
        if (relative.group(1) == null) {
            return now;
        }
        long amount = Long.parseLong(relative.group(2));
        Duration distance = switch (relative.group(3)) {
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> Duration.ofDays(Math.multiplyExact(7, amount));
        };
        return relative.group(1).equals("-") ? now.minus(distance) : now.plus(distance);
    }

    private @Nullable Step step() {
        String text = single("step");
        if (text == null) {
            return null;
        }
        return Step.find(text)
                .orElseThrow(() -> new InvalidParameter("step", "must be 1m, 1h or 1d, got: " + echo(text)));
    }

    private ZoneId zone() {
        String text = single("tz");
        if (text == null) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new InvalidParameter(
                    "tz", "must be a time zone of the IANA database, like Europe/Berlin, got: " + echo(text));
        }
    }

    private List<Dimension> groupBy() {
        Set<Dimension> dimensions = new LinkedHashSet<>();
        for (String list : parameters.getOrDefault("group_by", List.of())) {
            for (String name : list.split(",", -1)) {
                Optional<Dimension> dimension = Dimension.find(name.strip());
                dimensions.add(dimension.orElseThrow(() -> new InvalidParameter(
                        "group_by", "must be dimensions among " + Dimension.allNames() + ", got: " + echo(name))));
            }
        }
        return List.copyOf(dimensions);
    }

    private Map<Dimension, List<String>> filters() {
        Map<Dimension, List<String>> filters = new EnumMap<>(Dimension.class);
        for (Dimension dimension : Dimension.values()) {
            List<String> values = parameters.getOrDefault(dimension.wireName(), List.of());
            if (values.size() > KpiQuery.MAX_FILTER_VALUES) {
                throw new InvalidParameter(
                        dimension.wireName(),
                        "must be given at most " + KpiQuery.MAX_FILTER_VALUES + " times, got: " + values.size());
            }
            for (String value : values) {
                if (value.length() > KpiQuery.MAX_VALUE_LENGTH || value.indexOf('\0') >= 0) {
                    throw new InvalidParameter(
                            dimension.wireName(),
                            "must have at most " + KpiQuery.MAX_VALUE_LENGTH + " characters and no NUL, got: "
                                    + echo(value));
                }
            }
            if (!values.isEmpty()) {
                filters.put(dimension, new ArrayList<>(new TreeSet<>(values)));
            }
        }
        return filters;
    }

    private @Nullable String single(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw new InvalidParameter(name, "must be given once, got: " + values.size() + " times");
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** What came, cut and without control characters: it goes into answers and logs. */
    private static String echo(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= LONGEST_ECHO ? printable : printable.substring(0, LONGEST_ECHO) + "…";
    }
}
