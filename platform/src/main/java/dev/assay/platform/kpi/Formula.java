package dev.assay.platform.kpi;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.stats.Interval;
import dev.assay.platform.window.MeasureState;
import dev.assay.platform.window.MinuteFold;
import dev.assay.platform.window.MinuteSummary;
import dev.assay.platform.window.TimeRange;
import dev.assay.platform.window.UptimeRule;
import dev.assay.platform.window.WindowState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How a KPI is computed, and from which measures. */
record Formula(Aggregation aggregation, List<Measure> measures, Computation computation) {

    /** The computation alone. */
    interface Computation {
        Reading read(Slice slice);
    }

    /** What it is computed from: a window, and the time that it covers. */
    record Slice(
            WindowState state, TimeRange range, @Nullable MinuteSummary read) {
        MeasureState get(Measure measure) {
            return state.get(measure);
        }

        /** All calls, cancelled ones included. */
        long calls() {
            return get(Measure.MEASURE_CALLS).count()
                    + get(Measure.MEASURE_CANCELLED).count();
        }

        /** What minutes tell one by one; null if that was not read. A single minute tells it itself. */
        @Nullable
        MinuteSummary minutes() {
            if (read == null && range.endMinute() - range.firstMinute() == 1) {
                return MinuteFold.summaryOf(state, UptimeRule.DEFAULT);
            }
            return read;
        }
    }

    /**
     * What came out.
     *
     * @param value null if it is not known
     * @param count the observations that it rests on
     * @param coverage the share of what it could have been computed for; null if it is not known
     * @param ci95 its interval in the unit of the value; null if it is not known
     * @param found for a rate, how many of {@code count} have what it counts
     * @param distribution how the observations are spread over a few classes, where that belongs to the KPI
     */
    record Reading(
            @Nullable Number value,
            long count,
            @Nullable Double coverage,
            @Nullable Interval ci95,
            long found,
            @Nullable Map<String, Long> distribution) {

        static Reading of(@Nullable Number value, long count, @Nullable Double coverage) {
            return new Reading(value, count, coverage, null, 0, null);
        }

        Reading within(@Nullable Interval interval) {
            return new Reading(value, count, coverage, interval, found, distribution);
        }

        Reading spread(Map<String, Long> classes) {
            return new Reading(value, count, coverage, ci95, found, classes);
        }
    }

    Formula {
        measures = List.copyOf(measures);
    }
}
