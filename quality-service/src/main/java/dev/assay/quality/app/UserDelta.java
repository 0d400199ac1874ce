package dev.assay.quality.app;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.platform.window.SeriesId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a batch changes about who was seen when: events of users, added and taken back. One thread at a time. */
public final class UserDelta {
    private static final long MINUTES_PER_HOUR = 60;

    private final Map<Key, Integer> events = new TreeMap<>();

    /** A user in an hour of a series; sorted as rows are locked. */
    public record Key(String tenant, int hour, long series, UUID user) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::tenant)
                .thenComparingInt(Key::hour)
                .thenComparingLong(Key::series)
                .thenComparing(Key::user);

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    /** Adds ({@code sign} 1) or takes back ({@code sign} -1) one event; an unknown user counts nowhere. */
    public void add(String tenant, long minute, Dimensions dimensions, @Nullable UUID user, int sign) {
        if (user != null) {
            int hour = Math.toIntExact(Math.floorDiv(minute, MINUTES_PER_HOUR));
            events.merge(new Key(tenant, hour, SeriesId.of(tenant, dimensions), user), sign, Integer::sum);
        }
    }

    /** What does not come to nothing, in order. */
    public List<Map.Entry<Key, Integer>> changes() {
        return events.entrySet().stream().filter(entry -> entry.getValue() != 0).toList();
    }
}
