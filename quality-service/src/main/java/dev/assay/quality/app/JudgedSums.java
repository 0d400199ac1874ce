package dev.assay.quality.app;

import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.window.TimeRange;
import io.smallrye.mutiny.Uni;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up what a judge gave in one epoch. */
public interface JudgedSums {
    /**
     * Sums over the responses judged in one criterion, each with its weight.
     *
     * @param n responses
     * @param weight of all
     * @param goodWeight of those with a score of 4 or 5
     * @param squares of the weights
     * @param weightedScores weights times scores
     * @param weightedSquares weights times squared scores
     */
    record Sums(
            long n, double weight, double goodWeight, double squares, double weightedScores, double weightedSquares) {}

    /** The sums of the query's range, the one before, and each step. */
    Uni<Found> sum(String tenant, String epoch, KpiQuery query);

    /** Sums by group, range and criterion. */
    final class Found {
        private final Map<Part, Sums> sums = new HashMap<>();

        private record Part(Map<String, String> by, TimeRange range, String criterion) {}

        public void put(Map<String, String> by, TimeRange range, String criterion, Sums of) {
            sums.put(new Part(Map.copyOf(by), range, criterion), of);
        }

        /** Null when nothing was judged there. */
        public @Nullable Sums of(Map<String, String> by, TimeRange range, String criterion) {
            return sums.get(new Part(Map.copyOf(by), range, criterion));
        }
    }
}
