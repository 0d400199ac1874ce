package dev.assay.alert.domain.evaluation;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.Minutes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How far event time has come, as told by the sources' ticks.
 *
 * <p>The clock of a metric is the smallest over the sources that carry it and over the partitions that they send to: every
 * window before it has been read. A source that was silent for three minutes while others were heard is left out.
 */
public final class Clocks {
    private static final Duration SILENT = Duration.ofMinutes(3);

    private final List<SourceTick> all;
    private final List<SourceTick> ticks;
    private final SortedSet<String> silent = new TreeSet<>();

    public Clocks(List<SourceTick> ticks) {
        Map<String, Instant> heard = new HashMap<>();
        ticks.forEach(
                tick -> heard.merge(tick.source(), tick.tickedAt(), (one, other) -> one.isAfter(other) ? one : other));
        Instant newest = heard.values().stream().max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
        heard.forEach((source, last) -> {
            if (Duration.between(last, newest).compareTo(SILENT) >= 0) {
                silent.add(source);
            }
        });
        this.all = List.copyOf(ticks);
        this.ticks =
                ticks.stream().filter(tick -> !silent.contains(tick.source())).toList();
    }

    /** The last whole minute that is over for a project's windows with one of {@code measures}, or empty without a source. */
    public OptionalLong minute(String tenant, Set<Measure> measures) {
        return ticks.stream()
                .filter(tick -> carries(tick, measures))
                .mapToLong(tick -> minute(tick, tenant))
                .min();
    }

    /** The services whose windows carry one of {@code measures}, silent sources among them. */
    public Set<String> services(Set<Measure> measures) {
        Set<String> services = new TreeSet<>();
        all.stream().filter(tick -> carries(tick, measures)).forEach(tick -> services.add(tick.service()));
        return services;
    }

    /** The clock of each service for a project: the smallest of its sources that are heard. */
    public SortedMap<String, Long> byService(String tenant) {
        SortedMap<String, Long> clocks = new TreeMap<>();
        ticks.forEach(tick -> clocks.merge(
                tick.service(), Minutes.ofMicros(tick.projects().getOrDefault(tenant, tick.clockMicros())), Math::min));
        return clocks;
    }

    /** The sources that are left out. */
    public SortedSet<String> silent() {
        return Collections.unmodifiableSortedSet(silent);
    }

    /** A text that changes when a clock that some rule of the project goes by passes a minute. */
    public String mark(String tenant) {
        SortedMap<String, Long> clocks = new TreeMap<>();
        for (SourceTick tick : ticks) {
            String carried = tick.measures().stream()
                    .map(measure -> Integer.toString(measure.getNumber()))
                    .sorted()
                    .collect(Collectors.joining(","));
            clocks.merge(tick.service() + ":" + carried, minute(tick, tenant), Math::min);
        }
        return clocks.toString();
    }

    private static long minute(SourceTick tick, String tenant) {
        return Minutes.ofMicros(tick.projects().getOrDefault(tenant, tick.clockMicros()));
    }

    private static boolean carries(SourceTick tick, Set<Measure> measures) {
        return tick.measures().isEmpty() || tick.measures().stream().anyMatch(measures::contains);
    }
}
