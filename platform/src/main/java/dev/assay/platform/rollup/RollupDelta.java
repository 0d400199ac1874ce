package dev.assay.platform.rollup;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.platform.window.SeriesId;
import dev.assay.platform.window.WindowState;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a batch changes in the windows: contributions added and taken back, by series and minute. One thread at a time. */
public final class RollupDelta {
    private final Map<Key, WindowState> windows = new HashMap<>();
    private final Map<Series, Long> seriesIds = new HashMap<>();

    record Series(String tenant, Dimensions dimensions) {}

    /** Sorted by tenant, minute and series: every transaction touches rows in this order, so none waits in a circle. */
    record Key(String tenant, int minute, long seriesId) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::tenant).thenComparingInt(Key::minute).thenComparingLong(Key::seriesId);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * The change of one window, to be added to.
     *
     * @param epochMinute minutes since 1970-01-01T00:00Z
     */
    public WindowState at(String tenant, Dimensions dimensions, long epochMinute) {
        long series =
                seriesIds.computeIfAbsent(new Series(tenant, dimensions), s -> SeriesId.of(s.tenant(), s.dimensions()));
        return windows.computeIfAbsent(new Key(tenant, Math.toIntExact(epochMinute), series), key -> new WindowState());
    }

    public boolean isEmpty() {
        return windows.isEmpty();
    }

    List<Map.Entry<Key, WindowState>> changes() {
        return windows.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty())
                .sorted(Map.Entry.comparingByKey())
                .toList();
    }

    Map<Series, Long> series() {
        return seriesIds;
    }
}
