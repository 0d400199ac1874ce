package dev.assay.platform.rollup;

import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.Steps;
import dev.assay.platform.kpi.Windows.GroupWindows;
import dev.assay.platform.kpi.Windows.StepWindow;
import dev.assay.platform.window.MinuteFold;
import dev.assay.platform.window.MinuteSummary;
import dev.assay.platform.window.Minutes;
import dev.assay.platform.window.TimeRange;
import dev.assay.platform.window.UptimeRule;
import dev.assay.platform.window.WindowState;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One group's windows while its rows are read: hours first, then minutes, each in order of time. */
final class GroupFold {
    /** How long after its end a minute may still change as a matter of course. */
    private static final Duration SETTLE = Duration.ofSeconds(90);

    private final TimeRange range;
    private final Steps steps;
    private final Instant now;
    /** By position of the step; the only one is 0 when no series is asked for. */
    private final Map<Integer, Part> parts = new TreeMap<>();

    GroupFold(KpiQuery query) {
        this.range = query.range();
        this.steps = query.steps();
        this.now = query.now();
    }

    private static final class Part {
        private final MinuteFold fold = new MinuteFold(UptimeRule.DEFAULT);
        private long fingerprint;
    }

    /** Takes a row in: {@code time, series_id, source, generation, position, state}. */
    void add(Row row, boolean hour) {
        int time = row.getInteger(0);
        long minute = hour ? time * 60L : time;
        Part part = parts.computeIfAbsent(
                steps.size() == 0 ? 0 : steps.indexOf(Minutes.start(minute)), position -> new Part());
        WindowState state = WindowState.parse(row.getBuffer(5).getBytes());
        if (hour) {
            part.fold.addTotal(state);
        } else {
            part.fold.add(minute, state);
        }
        part.fingerprint += fingerprint(minute, row.getLong(1), row.getShort(2), row.getLong(3), row.getLong(4));
    }

    WindowState total() {
        WindowState total = new WindowState();
        parts.values().forEach(part -> total.plus(part.fold.total()));
        return total;
    }

    GroupWindows windows(Map<String, String> by, WindowState previousTotal, boolean hasMinutes) {
        MinuteSummary minutes = MinuteSummary.NONE;
        long fingerprint = 0;
        List<StepWindow> windows = new ArrayList<>();
        for (Map.Entry<Integer, Part> entry : parts.entrySet()) {
            Part part = entry.getValue();
            MinuteSummary own = part.fold.summary();
            minutes = minutes.then(own);
            fingerprint += part.fingerprint;
            if (steps.size() > 0) {
                TimeRange step = steps.ranges().get(entry.getKey());
                windows.add(new StepWindow(
                        step,
                        part.fold.total(),
                        Long.toHexString(part.fingerprint),
                        isSettled(step),
                        hasMinutes ? own : null));
            }
        }
        @Nullable MinuteSummary summary = hasMinutes ? minutes : null;
        return new GroupWindows(
                by, total(), Long.toHexString(fingerprint), isSettled(range), windows, previousTotal, summary);
    }

    private boolean isSettled(TimeRange span) {
        return !span.to().plus(SETTLE).isAfter(now);
    }

    /** Order-free, and different when any row is: the SplitMix64 finalizer over the row's identity and revision. */
    private static long fingerprint(long minute, long series, short source, long generation, long position) {
        long z = mix(minute) + series;
        z = mix(z + source);
        z = mix(z + generation);
        return mix(z + position);
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
