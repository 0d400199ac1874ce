package dev.assay.platform.rollup;

import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.kpi.Step;
import dev.assay.platform.rollup.HourSummaries.Key;
import dev.assay.platform.rollup.Spans.Span;
import dev.assay.platform.window.MinuteScan;
import dev.assay.platform.window.MinuteSummary;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One range while it is read: clean hours from their rows, the rest from minutes.
 *
 * <p>What only minutes tell of a clean hour is kept ({@link HourSummaries}) or picked out of the bytes of its minutes
 * ({@link MinuteScan}) without making windows of them.
 */
final class RangeReading {
    private final RollupRows rows;
    private final KpiQuery query;
    private final @Nullable MinuteScan scan;
    private final HourSummaries kept;
    /** By position of the group. */
    private final Map<Integer, GroupFold> folds = new TreeMap<>();

    /** Hours of groups whose minutes still have to tell. */
    private final Map<GroupHour, Untold> untold = new HashMap<>();

    private record GroupHour(int group, int hour) {}

    private static final class Untold {
        private final Key key;
        private MinuteSummary minutes = MinuteSummary.NONE;

        Untold(Key key) {
            this.key = key;
        }
    }

    /** @param scan reads what only minutes tell; null where that is not wanted */
    RangeReading(RollupRows rows, KpiQuery query, @Nullable MinuteScan scan, HourSummaries kept) {
        this.rows = rows;
        this.query = query;
        this.scan = scan;
        this.kept = kept;
    }

    RollupRows rows() {
        return rows;
    }

    /** The groups that had rows. */
    Map<Integer, GroupFold> folds() {
        return folds;
    }

    GroupFold fold(int group) {
        return folds.computeIfAbsent(group, position -> new GroupFold(query, scan));
    }

    Uni<Void> run() {
        if (rows.groups().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return spans().chain(spans -> rows.hours(spans.hours(), this::addHour)
                .chain(() ->
                        rows.minutes(spans.minutes(), row -> fold(row.group()).addMinute(row)))
                .chain(this::tellMinutes));
    }

    private Uni<Spans> spans() {
        long from = query.range().firstMinute();
        long to = query.range().endMinute();
        if (query.step() == Step.MINUTE || Spans.of(query, Set.of()).hours().isEmpty()) {
            return Uni.createFrom().item(Spans.minutesOnly(from, to));
        }
        return rows.dirtyHours((int) Math.floorDiv(from, 60L), (int) Math.floorDiv(to, 60L))
                .map(dirty -> Spans.of(query, dirty));
    }

    private void addHour(MergedRow row) {
        GroupFold fold = fold(row.group());
        fold.addHour(row);
        if (scan == null) {
            return;
        }
        Key key = new Key(rows.tenant(), row.time(), row.contentHash());
        MinuteSummary summary = kept.get(key);
        if (summary == null) {
            untold.put(new GroupHour(row.group(), row.time()), new Untold(key));
        } else {
            fold.addSummary(row.time(), summary);
        }
    }

    /** Has the minutes of clean hours tell what their hour's row does not. */
    private Uni<Void> tellMinutes() {
        if (scan == null || untold.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        MinuteScan minutes = scan;
        List<Span> spans = new ArrayList<>();
        untold.keySet().stream()
                .mapToInt(GroupHour::hour)
                .distinct()
                .sorted()
                .forEach(hour -> spans.add(new Span(hour * 60, hour * 60 + 60)));
        return rows.minutes(spans, row -> {
                    Untold hour = untold.get(new GroupHour(row.group(), Math.floorDiv(row.time(), 60)));
                    if (hour != null) {
                        hour.minutes = hour.minutes.then(minutes.read(row.states()));
                    }
                })
                .invoke(() -> untold.forEach((of, told) -> {
                    fold(of.group()).addSummary(of.hour(), told.minutes);
                    kept.put(told.key, told.minutes);
                }));
    }
}
