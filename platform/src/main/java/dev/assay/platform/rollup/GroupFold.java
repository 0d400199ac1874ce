package dev.assay.platform.rollup;

import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.Steps;
import dev.assay.platform.kpi.Windows.GroupWindows;
import dev.assay.platform.kpi.Windows.StepWindow;
import dev.assay.platform.window.MinuteFold;
import dev.assay.platform.window.MinuteScan;
import dev.assay.platform.window.MinuteSummary;
import dev.assay.platform.window.Minutes;
import dev.assay.platform.window.TimeRange;
import dev.assay.platform.window.WindowState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One group's windows while its merged rows are read, in any order. */
final class GroupFold {
    /** How long after its end a minute may still change as a matter of course. */
    private static final Duration SETTLE = Duration.ofSeconds(90);

    private final TimeRange range;
    private final Steps steps;
    private final Instant now;
    private final @Nullable MinuteScan scan;
    /** By position of the step; the only one is 0 when no series is asked for. */
    private final Map<Integer, Part> parts = new TreeMap<>();

    /** @param scan reads what only minutes tell; null where that is not wanted */
    GroupFold(KpiQuery query, @Nullable MinuteScan scan) {
        this.range = query.range();
        this.steps = query.steps();
        this.now = query.now();
        this.scan = scan;
    }

    private static final class Part {
        private final MinuteFold fold;
        private long fingerprint;

        Part(@Nullable MinuteScan scan) {
            this.fold = new MinuteFold(scan);
        }
    }

    /** Takes in a minute: its sums, and what only it tells. */
    void addMinute(MergedRow row) {
        Part part = part(row.time());
        part.fold.add(row.time(), row.states());
        part.fingerprint += fingerprint(row);
    }

    /** Takes in the sums of an hour. */
    void addHour(MergedRow row) {
        Part part = part(firstMinute(row.time()));
        part.fold.addTotal(row.states());
        part.fingerprint += fingerprint(row);
    }

    /** Takes in what only the minutes of an hour tell. */
    void addSummary(int hour, MinuteSummary minutes) {
        part(firstMinute(hour)).fold.addSummary(firstMinute(hour) + 59, minutes);
    }

    private static long firstMinute(int hour) {
        return hour * 60L;
    }

    private Part part(long minute) {
        int position = steps.size() == 0 ? 0 : steps.indexOf(Minutes.start(minute));
        return parts.computeIfAbsent(position, key -> new Part(scan));
    }

    WindowState total() {
        WindowState total = new WindowState();
        parts.values().forEach(part -> total.plus(part.fold.total()));
        return total;
    }

    GroupWindows windows(Map<String, String> by, WindowState previousTotal) {
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
                        scan == null ? null : own));
            }
        }
        @Nullable MinuteSummary summary = scan == null ? null : minutes;
        return new GroupWindows(
                by, total(), Long.toHexString(fingerprint), isSettled(range), windows, previousTotal, summary);
    }

    private boolean isSettled(TimeRange span) {
        return !span.to().plus(SETTLE).isAfter(now);
    }

    /** Order-free over minutes, and different when any row is: the SplitMix64 finalizer over time and the rows' hash. */
    private static long fingerprint(MergedRow row) {
        return mix(mix(row.time()) + row.hash());
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
