package dev.assay.alert.app;

import dev.assay.contracts.kpi.v1.KpiWindow;
import dev.assay.contracts.kpi.v1.Tick;
import java.time.Instant;
import java.util.Comparator;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a batch of one partition says: each window at its highest revision, each source's last tick. Sorted, so that two
 * batches touch rows in the same order.
 */
public final class WindowBatch {
    private static final Comparator<Key> ORDER = Comparator.comparing(Key::tenant)
            .thenComparingLong(Key::minute)
            .thenComparingLong(Key::seriesId)
            .thenComparing(Key::source);

    private final int partition;
    private final SortedMap<Key, KpiWindow> windows = new TreeMap<>(ORDER);
    private final SortedMap<String, HeardTick> ticks = new TreeMap<>();

    /** Which window it is. */
    public record Key(String tenant, long minute, long seriesId, String source) {}

    /** A tick and when Kafka took it. */
    public record HeardTick(Instant at, Tick tick) {}

    public WindowBatch(int partition) {
        this.partition = partition;
    }

    public void add(Key key, KpiWindow window) {
        windows.merge(key, window, (one, other) -> isNewer(other, one) ? other : one);
    }

    public void add(HeardTick tick) {
        ticks.put(tick.tick().getSource(), tick);
    }

    public int partition() {
        return partition;
    }

    public SortedMap<Key, KpiWindow> windows() {
        return windows;
    }

    public SortedMap<String, HeardTick> ticks() {
        return ticks;
    }

    private static boolean isNewer(KpiWindow one, KpiWindow other) {
        return isNewer(
                one.getRevision().getGeneration(),
                one.getRevision().getPosition(),
                other.getRevision().getGeneration(),
                other.getRevision().getPosition());
    }

    /** Whether a revision comes after another: by generation, then by position. */
    public static boolean isNewer(long generation, long position, long thanGeneration, long thanPosition) {
        return generation != thanGeneration ? generation > thanGeneration : position > thanPosition;
    }
}
