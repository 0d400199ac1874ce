package dev.assay.alert.domain.evaluation;

import dev.assay.alert.domain.rule.RuleWindow;
import dev.assay.platform.window.WindowState;
import org.jspecify.annotations.Nullable;

/**
 * A rule's window moved forward minute by minute: what comes in is added and what drops out is taken back, which the
 * windows do exactly.
 */
final class RollingWindow {
    private final GroupHistory history;
    private final RuleWindow window;
    private @Nullable WindowState sum;
    private long from;
    private long to;
    private boolean changed = true;

    RollingWindow(GroupHistory history, RuleWindow window) {
        this.history = history;
        this.window = window;
    }

    /** The merged window that ends at {@code end}, which never goes back. Changes with the next call. */
    WindowState endingAt(long end) {
        long start = window.start(end);
        WindowState current = sum;
        if (current == null || start >= to) {
            current = window.isFine() ? minutes(start, end) : history.sum(start, end);
            changed = true;
        } else {
            changed = false;
            for (long minute = to; minute < end; minute++) {
                changed |= merge(current, GroupHistory.Grain.MINUTE, minute, true);
            }
            GroupHistory.Grain grain = window.isFine() ? GroupHistory.Grain.MINUTE : GroupHistory.Grain.QUARTER;
            for (long gone = from; gone < start; gone += grain.minutes()) {
                changed |= merge(current, grain, gone, false);
            }
        }
        sum = current;
        from = start;
        to = end;
        return current;
    }

    /** Whether the last move changed what is in the window. */
    boolean changed() {
        return changed;
    }

    private WindowState minutes(long start, long end) {
        WindowState merged = new WindowState();
        for (long minute = start; minute < end; minute++) {
            merge(merged, GroupHistory.Grain.MINUTE, minute, true);
        }
        return merged;
    }

    private boolean merge(WindowState into, GroupHistory.Grain grain, long start, boolean add) {
        WindowState part = history.at(grain, start);
        if (part == null) {
            return false;
        }
        if (add) {
            into.plus(part);
        } else {
            into.minus(part);
        }
        return true;
    }
}
