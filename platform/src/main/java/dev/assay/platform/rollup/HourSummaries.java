package dev.assay.platform.rollup;

import dev.assay.platform.window.MinuteSummary;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the minutes of clean hours told one by one, kept for the next reader: a dashboard asks for the same hours again and
 * again, and a minute-by-minute sweep over a day is a hundred times the work of reading its hours.
 *
 * <p>An entry is named by the rows that it was read from and by what they hold, so one that no longer holds is never asked
 * for again. Bounded: the least used go first. Safe for use by several threads.
 */
final class HourSummaries {
    private static final float LOAD = 0.75f;

    private final Map<Key, MinuteSummary> kept;

    /** @param rows the hash of an hour's rows and of what they hold */
    record Key(String tenant, int hour, long rows) {}

    HourSummaries(int most) {
        this.kept = new LinkedHashMap<>(16, LOAD, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, MinuteSummary> eldest) {
                return size() > most;
            }
        };
    }

    @Nullable
    synchronized MinuteSummary get(Key key) {
        return kept.get(key);
    }

    synchronized void put(Key key, MinuteSummary summary) {
        kept.put(key, summary);
    }
}
