package dev.assay.platform.kpi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a {@link KpiQuery}.
 *
 * @param from start of the range as read, a whole minute
 * @param to end of the range as read, a whole minute
 * @param step the width of the series' figures; left out without a series
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KpiAnswer(
        @JsonProperty("from") Instant from,
        @JsonProperty("to") Instant to,
        @JsonProperty("step") @Nullable String step,
        @JsonProperty("groups") List<Group> groups) {

    public KpiAnswer {
        groups = List.copyOf(groups);
    }

    /**
     * The figures of one group.
     *
     * @param by its value of each dimension asked for, null where calls did not give it; empty without {@code group_by}
     * @param kpis over the range, by name
     * @param series step by step, without gaps; left out if it was not asked for
     */
    @RegisterForReflection
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Group(
            @JsonProperty("by") Map<String, @Nullable String> by,
            @JsonProperty("kpis") Map<String, KpiValue> kpis,
            @JsonProperty("series") @Nullable List<Point> series) {
        public Group {
            by = Collections.unmodifiableMap(new LinkedHashMap<>(by));
            kpis = Collections.unmodifiableMap(new LinkedHashMap<>(kpis));
            series = series == null ? null : List.copyOf(series);
        }
    }

    /** The figures of one step, by name. */
    @RegisterForReflection
    public record Point(
            @JsonProperty("start") Instant start,
            @JsonProperty("kpis") Map<String, KpiValue> kpis) {
        public Point {
            kpis = Collections.unmodifiableMap(new LinkedHashMap<>(kpis));
        }
    }
}
