package dev.assay.cost.app;

import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.window.TimeRange;
import io.smallrye.mutiny.Uni;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** What calls that name their user cost, and how many users those were. */
public interface UserCosts {
    /** The figures for the query's range, the one before, and each step that can be told. */
    Uni<Figures> read(String tenant, KpiQuery query);

    /** Distinct users, their calls, and what those cost. */
    record Figure(long users, long calls, BigDecimal listCost) {
        static final Figure NOBODY = new Figure(0, 0, BigDecimal.ZERO);
    }

    /** Figures by group and range. */
    final class Figures {
        private final Map<Part, Figure> figures = new HashMap<>();
        private final boolean steps;

        private record Part(Map<String, String> by, TimeRange range) {}

        /**
         * Figures to be filled.
         *
         * @param steps whether the steps can be told
         */
        public Figures(boolean steps) {
            this.steps = steps;
        }

        /** Whether there are figures for the steps of the series. */
        public boolean hasSteps() {
            return steps;
        }

        /** Notes the figure of a group in a range. */
        public void put(Map<String, String> by, TimeRange range, Figure figure) {
            figures.put(new Part(Map.copyOf(by), range), figure);
        }

        /** The figure of a group in one of the ranges that were asked for. */
        public Figure of(Map<String, String> by, TimeRange range) {
            return figures.getOrDefault(new Part(Map.copyOf(by), range), Figure.NOBODY);
        }
    }
}
