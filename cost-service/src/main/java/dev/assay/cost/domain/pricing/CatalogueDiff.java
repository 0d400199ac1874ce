package dev.assay.cost.domain.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one list of prices changes in another; all by key.
 *
 * @param added keys that only the new list has
 * @param removed keys that only the old one has: calls of these models will be unpriced, or priced by another rule
 * @param changed keys whose rates differ; limits and sources are no rates
 */
public record CatalogueDiff(List<String> added, List<String> removed, List<Change> changed) {
    public CatalogueDiff {
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        changed = List.copyOf(changed);
    }

    /** One row's rates that differ, by name; those of a band are named {@code name[from-to]}. */
    public record Change(String key, SortedMap<String, RateChange> rates) {
        public Change {
            rates = Collections.unmodifiableSortedMap(new TreeMap<>(rates));
        }
    }

    /** A rate before and after; null where the list has none. */
    public record RateChange(
            @Nullable BigDecimal before, @Nullable BigDecimal after) {}

    /** What is different in {@code after}. */
    public static CatalogueDiff of(Collection<PriceRow> before, Collection<PriceRow> after) {
        Map<String, PriceRow> old = byKey(before);
        Map<String, PriceRow> now = byKey(after);
        List<String> added =
                now.keySet().stream().filter(key -> !old.containsKey(key)).toList();
        List<String> removed =
                old.keySet().stream().filter(key -> !now.containsKey(key)).toList();
        List<Change> changed = new ArrayList<>();
        old.forEach((key, row) -> {
            PriceRow other = now.get(key);
            if (other != null) {
                SortedMap<String, RateChange> rates = rates(row, other);
                if (!rates.isEmpty()) {
                    changed.add(new Change(key, rates));
                }
            }
        });
        return new CatalogueDiff(added, removed, changed);
    }

    private static Map<String, PriceRow> byKey(Collection<PriceRow> rows) {
        Map<String, PriceRow> byKey = new TreeMap<>();
        rows.forEach(row -> byKey.put(row.key(), row));
        return byKey;
    }

    private static SortedMap<String, RateChange> rates(PriceRow before, PriceRow after) {
        Map<String, BigDecimal> old = flat(before);
        Map<String, BigDecimal> now = flat(after);
        TreeSet<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        SortedMap<String, RateChange> changes = new TreeMap<>();
        for (String name : names) {
            BigDecimal one = old.get(name);
            BigDecimal other = now.get(name);
            if (one == null || other == null || one.compareTo(other) != 0) {
                changes.put(name, new RateChange(one, other));
            }
        }
        return changes;
    }

    private static Map<String, BigDecimal> flat(PriceRow row) {
        Map<String, BigDecimal> flat = new TreeMap<>(row.rates());
        for (PriceRow.Band band : row.bands()) {
            band.rates().forEach((name, rate) -> flat.put(name + "[" + band.from() + "-" + band.to() + "]", rate));
        }
        return flat;
    }
}
