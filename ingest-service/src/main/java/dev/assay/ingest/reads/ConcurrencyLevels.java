package dev.assay.ingest.reads;

import dev.assay.platform.kpi.Windows.StepWindow;
import dev.assay.platform.window.MinuteSummary;
import dev.assay.platform.window.WindowState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Minutes gathered by how many calls were open at once in them, in levels that double: 1, 2 to 3, 4 to 7, and so on. Minutes
 * without calls belong to none.
 */
final class ConcurrencyLevels {

    /**
     * One level.
     *
     * @param least the fewest calls open at the peak of its minutes
     * @param most the most
     * @param minutes how many there are
     * @param window their sum
     */
    record Level(long least, long most, int minutes, WindowState window) {}

    private static final class Gathered {
        private int minutes;
        private final WindowState window = new WindowState();
    }

    /** The levels that have minutes, the lowest first. */
    static List<Level> of(List<StepWindow> minutes) {
        Map<Integer, Gathered> byLevel = new TreeMap<>();
        for (StepWindow minute : minutes) {
            MinuteSummary told = minute.minutes();
            if (told != null && told.peakConcurrency() > 0 && CallVolume.of(minute.state()) > 0) {
                int level = Long.SIZE - 1 - Long.numberOfLeadingZeros(told.peakConcurrency());
                Gathered gathered = byLevel.computeIfAbsent(level, key -> new Gathered());
                gathered.minutes++;
                gathered.window.plus(minute.state());
            }
        }
        List<Level> levels = new ArrayList<>();
        byLevel.forEach((level, gathered) ->
                levels.add(new Level(1L << level, (1L << (level + 1)) - 1, gathered.minutes, gathered.window)));
        return levels;
    }

    private ConcurrencyLevels() {}
}
