package dev.assay.platform.kpi;

import dev.assay.platform.window.TimeRange;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a KPI read asks for, checked: it holds only what may be asked.
 *
 * @param range whole minutes
 * @param step the width of the series' figures; null for one figure over the range
 * @param groupBy dimensions to split by, without repetition
 * @param filters per dimension the values that are wanted, any of them; an empty value is "not given"
 * @param zone where days and hours begin
 * @param now when it was asked
 */
public record KpiQuery(
        TimeRange range,
        @Nullable Step step,
        List<Dimension> groupBy,
        Map<Dimension, List<String>> filters,
        ZoneId zone,
        Instant now) {

    /** The longest range. */
    public static final Duration MAX_RANGE = Duration.ofDays(400);

    /** The longest range in steps of a minute. */
    public static final Duration MAX_MINUTE_RANGE = Duration.ofDays(7);

    /** The longest range of the peaks across series, which are swept from minutes. */
    public static final Duration MAX_PEAK_RANGE = Duration.ofDays(7);

    /** The most figures per KPI in one answer: groups times steps. */
    public static final int MAX_POINTS = 100_000;

    /** The most values to filter one dimension by. */
    public static final int MAX_FILTER_VALUES = 100;

    /** The longest value to filter by. */
    public static final int MAX_VALUE_LENGTH = 200;

    /** A parameter that may not be what it was; the message says what is allowed. */
    public static final class InvalidParameter extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;
        private final String parameter;

        public InvalidParameter(String parameter, String message) {
            super(message);
            this.parameter = parameter;
        }

        /** The parameter's name, as {@code from}. */
        public String parameter() {
            return parameter;
        }
    }

    public KpiQuery {
        groupBy = List.copyOf(groupBy);
        Map<Dimension, List<String>> copy = new EnumMap<>(Dimension.class);
        filters.forEach((dimension, values) -> copy.put(dimension, List.copyOf(values)));
        filters = Collections.unmodifiableMap(copy);
    }

    /**
     * The query of some URL parameters.
     *
     * @throws InvalidParameter if one is unknown, malformed, or asks for too much
     */
    public static KpiQuery parse(Map<String, List<String>> parameters, Instant now) {
        return parse(parameters, now, Set.of());
    }

    /**
     * The query of some URL parameters, among which a resource has others of its own.
     *
     * @throws InvalidParameter if one is unknown, malformed, or asks for too much
     */
    public static KpiQuery parse(Map<String, List<String>> parameters, Instant now, Set<String> alsoAllowed) {
        return new KpiQueryParser(parameters, now, alsoAllowed).parse();
    }

    /** The steps of its range; none if no series is asked for. */
    public Steps steps() {
        return step == null ? Steps.NONE : Steps.of(range, step, zone);
    }

    /** The same question about the span of the same length before, as one figure. */
    public KpiQuery previous() {
        return new KpiQuery(range.previous(), null, groupBy, filters, zone, now);
    }

    /**
     * Refuses an answer that would be too large.
     *
     * @throws InvalidParameter if so many groups have too many steps
     */
    public void requireAnswerable(int groups) {
        long points = (long) groups * Math.max(1, steps().size());
        if (points > MAX_POINTS) {
            throw new InvalidParameter(
                    step == null ? "group_by" : "step",
                    "must give at most " + MAX_POINTS + " figures per KPI, got: " + groups + " groups of "
                            + Math.max(1, steps().size()) + "; take a wider step, a shorter range or a filter");
        }
    }

    /** The values of a group under their names in answers, in the order asked for. */
    public Map<String, String> named(List<String> values) {
        Map<String, String> by = new LinkedHashMap<>();
        for (int i = 0; i < groupBy.size(); i++) {
            by.put(groupBy.get(i).wireName(), values.get(i));
        }
        return by;
    }
}
