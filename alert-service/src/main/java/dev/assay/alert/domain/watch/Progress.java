package dev.assay.alert.domain.watch;

import dev.assay.alert.domain.evaluation.SourceTick;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a service's windows have come, as the ticks of its sources tell. Each source sends its ticks to every
 * partition: the service is no further than the source, and the partition, that is furthest behind, for what is missing
 * there is missing in the sums.
 *
 * @param heardAt when the oldest of the last ticks was sent, over sources and partitions
 * @param foldedTo up to when, in event time, the source that is furthest behind has folded in what happened; the epoch
 *     if it has never been up to date
 */
public record Progress(Instant heardAt, Instant foldedTo) {
    /** A source sends its clock each minute: after so long three were missed. */
    public static final Duration SILENT = Duration.ofMinutes(3);

    /** A source that is up to date is 90 seconds behind, and a minute later just before it says so again. */
    public static final Duration BEHIND = Duration.ofMinutes(5);

    /** The progress of each service. */
    public static SortedMap<String, Progress> byService(Collection<SourceTick> ticks) {
        Map<String, Progress> bySource = new HashMap<>();
        Map<String, String> services = new HashMap<>();
        for (SourceTick tick : ticks) {
            services.put(tick.source(), tick.service());
            // a source's clock never goes back, so of its ticks in several partitions the furthest is the last
            bySource.merge(
                    tick.source(),
                    new Progress(tick.tickedAt(), folded(tick)),
                    (one, other) ->
                            new Progress(earlier(one.heardAt, other.heardAt), later(one.foldedTo, other.foldedTo)));
        }
        SortedMap<String, Progress> byService = new TreeMap<>();
        bySource.forEach((source, progress) -> byService.merge(
                services.getOrDefault(source, source),
                progress,
                (one, other) ->
                        new Progress(earlier(one.heardAt, other.heardAt), earlier(one.foldedTo, other.foldedTo))));
        return byService;
    }

    /** What is wrong with it, or empty if nothing is. */
    public Optional<String> lag(String service, Instant now) {
        if (over(heardAt, now, SILENT)) {
            return Optional.of("a source or partition of " + service + " was last heard at " + heardAt);
        }
        if (over(foldedTo, now, BEHIND)) {
            return Optional.of(
                    foldedTo.equals(Instant.EPOCH)
                            ? "a source of " + service + " has not been up to date yet"
                            : "a source of " + service + " has come no further than " + foldedTo + " in event time");
        }
        return Optional.empty();
    }

    /**
     * The source's own clock stands while it has anything left to fold in, which with steady traffic is always; what it
     * has folded in of some project is then as good a sign.
     */
    private static Instant folded(SourceTick tick) {
        long micros =
                tick.projects().values().stream().mapToLong(Long::longValue).reduce(tick.clockMicros(), Math::max);
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static boolean over(Instant since, Instant now, Duration limit) {
        return Duration.between(since, now).compareTo(limit) > 0;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
