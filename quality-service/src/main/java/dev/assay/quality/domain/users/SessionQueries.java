package dev.assay.quality.domain.users;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The queries of one session, and which of them were asked again: followed within five minutes by one with half or more of
 * the words in common (Jaccard). Several calls of a trace are one query, the first of them.
 */
public final class SessionQueries {
    /** A rephrasing follows within this time. */
    public static final Duration SOON = Duration.ofMinutes(5);

    /** From here on two queries are alike. */
    public static final double ALIKE = 0.5;

    private static final long SOON_US = SOON.toMillis() * 1_000;
    private static final Comparator<Asked> IN_TIME =
            Comparator.comparingLong(Asked::timeUs).thenComparing(Asked::event, SessionQueries::asText);

    private SessionQueries() {}

    /**
     * A call of the session.
     *
     * @param trace null where it has none
     * @param timeUs microseconds since the epoch
     * @param words hashes of the query's words, sorted and distinct; empty when they are not known
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Asked(UUID event, @Nullable UUID trace, long timeUs, int[] words) {}

    /** A query whose words are known. */
    public record Query(UUID event, long timeUs, boolean rephrased) {}

    /** The queries in the order of time. */
    public static List<Query> of(List<Asked> calls) {
        List<Asked> first = new ArrayList<>();
        Set<UUID> traces = new HashSet<>();
        for (Asked call : calls.stream().sorted(IN_TIME).toList()) {
            UUID trace = call.trace();
            if (traces.add(trace == null ? call.event() : trace)) {
                first.add(call);
            }
        }
        List<Query> queries = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            Asked it = first.get(i);
            if (it.words().length > 0) {
                boolean rephrased = i + 1 < first.size() && isRephrasedBy(it, first.get(i + 1));
                queries.add(new Query(it.event(), it.timeUs(), rephrased));
            }
        }
        return queries;
    }

    private static boolean isRephrasedBy(Asked it, Asked next) {
        return next.timeUs() - it.timeUs() <= SOON_US
                && next.words().length > 0
                && likeness(it.words(), next.words()) >= ALIKE;
    }

    /** Words in common over all words of two sorted sets, of which one at least has any; 0 to 1. */
    static double likeness(int[] a, int[] b) {
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            if (a[i] == b[j]) {
                common++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return (double) common / (a.length + b.length - common);
    }

    /** The order that the database has for ids. */
    private static int asText(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
}
