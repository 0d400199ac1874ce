package dev.assay.quality.app;

import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.window.TimeRange;
import dev.assay.quality.domain.users.IsoWeek;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what users do over several calls: ask again, go on asking, come back. */
public interface Journeys {
    /** The longest range of the figures of sessions, which are read from calls. */
    Duration MOST_SESSION_RANGE = Duration.ofDays(35);

    /**
     * The queries of sessions. Several calls of one trace are one query.
     *
     * @param queries all of them
     * @param told those of which the words are known
     * @param rephrased those that were followed within five minutes by one with half or more of the words in common
     * @param sessions distinct ones
     * @param squares sum over sessions of their squared number of queries
     */
    record Sessions(long queries, long told, long rephrased, long sessions, long squares) {}

    /** Users of ISO weeks whose following week is over, and how many of them were back in it. */
    record Retained(long users, long back) {}

    /** The users first seen in a week, and how many of them were there in each following one that is over. */
    record Cohort(IsoWeek week, long users, List<Long> back) {}

    /** The sessions of the query's range, the one before, and each step; none where the range is too long. */
    Uni<Found<Sessions>> sessions(String tenant, KpiQuery query);

    /** By the weeks that begin in the range, in the one before, and in each step. */
    Uni<Found<Retained>> retained(String tenant, KpiQuery query);

    /** The cohorts of the latest weeks, the oldest first. */
    Uni<List<Cohort>> cohorts(String tenant, int weeks, Instant now);

    /** Figures by group and range. */
    final class Found<T> {
        private final Map<Part, T> figures = new HashMap<>();

        private record Part(Map<String, String> by, TimeRange range) {}

        public void put(Map<String, String> by, TimeRange range, T figure) {
            figures.put(new Part(Map.copyOf(by), range), figure);
        }

        /** Null when there was nothing. */
        public @Nullable T of(Map<String, String> by, TimeRange range) {
            return figures.get(new Part(Map.copyOf(by), range));
        }
    }
}
