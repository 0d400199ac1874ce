package dev.assay.alert.domain.evaluation;

import dev.assay.alert.domain.rule.RuleWindow;
import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.Buckets;
import dev.assay.platform.window.MeasureState;
import dev.assay.platform.window.WindowState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The merged windows of one group, at three grains: minutes, quarter hours and UTC days, each under its first minute since
 * the epoch. How far back each grain reaches is up to who fills it ({@link HistoryNeeds}).
 */
public final class GroupHistory {
    /** The grains, in minutes. */
    public enum Grain {
        MINUTE(1),
        QUARTER(RuleWindow.QUARTER),
        DAY(RuleWindow.DAY_MINUTES);

        private final int minutes;

        Grain(int minutes) {
            this.minutes = minutes;
        }

        public int minutes() {
            return minutes;
        }
    }

    private final Map<Long, WindowState> minutes = new HashMap<>();
    private final Map<Long, WindowState> quarters = new HashMap<>();
    private final Map<Long, WindowState> days = new HashMap<>();

    /** Merges what one window says of some measures in. */
    public void add(Grain grain, long start, WindowState window, Set<Measure> measures) {
        WindowState merged = of(grain).computeIfAbsent(start, first -> new WindowState());
        measures.forEach(measure -> merge(merged, measure, window.get(measure)));
    }

    private static void merge(WindowState into, Measure measure, MeasureState part) {
        if (part.isZero()) {
            return;
        }
        into.add(measure, part.count(), part.good());
        BigDecimal sum = part.sum();
        if (sum.signum() != 0) {
            into.addSum(measure, sum);
        }
        Buckets buckets = part.buckets();
        for (int i = 0; i < buckets.size(); i++) {
            into.addBucket(measure, buckets.indexAt(i), buckets.countAt(i));
        }
    }

    @Nullable
    WindowState at(Grain grain, long start) {
        return of(grain).get(start);
    }

    /** The minutes in {@code [from, to)} that have anything in them. */
    List<WindowState> minutes(long from, long to) {
        List<WindowState> found = new ArrayList<>();
        for (long minute = from; minute < to; minute++) {
            WindowState state = minutes.get(minute);
            if (state != null) {
                found.add(state);
            }
        }
        return found;
    }

    /** Everything in {@code [from, to)}: whole quarter hours where they lie inside, minutes at the edges. */
    WindowState sum(long from, long to) {
        WindowState sum = new WindowState();
        long at = from;
        while (at < to) {
            boolean quarter = Math.floorMod(at, (long) RuleWindow.QUARTER) == 0 && at + RuleWindow.QUARTER <= to;
            WindowState part = quarter ? quarters.get(at) : minutes.get(at);
            if (part != null) {
                sum.plus(part);
            }
            at += quarter ? RuleWindow.QUARTER : 1;
        }
        return sum;
    }

    /** The first day that has anything in it. */
    OptionalLong firstDay() {
        return days.entrySet().stream()
                .filter(day -> !day.getValue().isEmpty())
                .mapToLong(Map.Entry::getKey)
                .min();
    }

    private Map<Long, WindowState> of(Grain grain) {
        return switch (grain) {
            case MINUTE -> minutes;
            case QUARTER -> quarters;
            case DAY -> days;
        };
    }
}
