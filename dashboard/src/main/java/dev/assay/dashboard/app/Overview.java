package dev.assay.dashboard.app;

import dev.assay.dashboard.domain.Filters;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Everything on the page, for one view.
 *
 * @param from start of the range, inclusive
 * @param to end of the range, exclusive
 * @param step the step of the series
 * @param servedAt the dashboard's time, from which ages are counted
 * @param parts by name, each answered or failed on its own
 */
public record Overview(
        String project,
        Instant from,
        Instant to,
        String step,
        Filters filters,
        Instant servedAt,
        Map<String, Part> parts) {
    public Overview {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
    }
}
