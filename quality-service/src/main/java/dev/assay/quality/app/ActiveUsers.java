package dev.assay.quality.app;

import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.window.TimeRange;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;

/** Counts the distinct users of calls, feedback and outcomes. */
public interface ActiveUsers {
    /** The counts for the query's range, the one before, and each step. */
    Uni<Counts> count(String tenant, KpiQuery query);

    /** How many users there were, by group and range. */
    final class Counts {
        private final Map<Part, Long> counts = new HashMap<>();

        private record Part(Map<String, String> by, TimeRange range) {}

        /** Notes the users of a group in a range. */
        public void put(Map<String, String> by, TimeRange range, long users) {
            counts.put(new Part(Map.copyOf(by), range), users);
        }

        /** The users of a group in one of the ranges that were asked for; 0 when nobody was there. */
        public long of(Map<String, String> by, TimeRange range) {
            return counts.getOrDefault(new Part(Map.copyOf(by), range), 0L);
        }
    }
}
