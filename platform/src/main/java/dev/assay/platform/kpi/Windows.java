package dev.assay.platform.kpi;

import dev.assay.platform.window.MinuteSummary;
import dev.assay.platform.window.TimeRange;
import dev.assay.platform.window.WindowState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Windows as read for a query: what a {@link KpiAnswerBuilder} turns into an answer. */
public final class Windows {
    private Windows() {}

    /**
     * One group over the range, and step by step.
     *
     * @param by the group's values by dimension name, in the order asked for; an empty value is "not given"
     * @param total the range, merged over series and sources
     * @param revision an opaque string that changes whenever a window in the total does
     * @param settled whether all its minutes are
     * @param steps those that have windows, in any order; the others are empty
     * @param previousTotal the span of the same length before; null if it was not read
     * @param minutes what only minutes can tell about the range; null if it was not read
     */
    public record GroupWindows(
            Map<String, String> by,
            WindowState total,
            String revision,
            boolean settled,
            List<StepWindow> steps,
            @Nullable WindowState previousTotal,
            @Nullable MinuteSummary minutes) {
        public GroupWindows {
            by = Collections.unmodifiableMap(new LinkedHashMap<>(by));
            steps = List.copyOf(steps);
        }

        public GroupWindows(
                Map<String, String> by,
                WindowState total,
                String revision,
                boolean settled,
                List<StepWindow> steps,
                @Nullable WindowState previousTotal) {
            this(by, total, revision, settled, steps, previousTotal, null);
        }
    }

    /**
     * One step of a group.
     *
     * @param range as in {@link KpiQuery#steps()}
     */
    public record StepWindow(
            TimeRange range,
            WindowState state,
            String revision,
            boolean settled,
            @Nullable MinuteSummary minutes) {
        public StepWindow(TimeRange range, WindowState state, String revision, boolean settled) {
            this(range, state, revision, settled, null);
        }
    }
}
