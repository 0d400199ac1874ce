package dev.assay.alert.domain.evaluation;

import dev.assay.alert.domain.rule.RuleWindow;
import dev.assay.platform.window.WindowState;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
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

    /** Merges one window in. */
    public void add(Grain grain, long start, WindowState window) {
        of(grain).computeIfAbsent(start, first -> new WindowState()).plus(window);
    }

    @Nullable
    WindowState at(Grain grain, long start) {
        return of(grain).get(start);
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
