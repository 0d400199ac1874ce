package dev.assay.cost.domain.reconcile;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A bill beside the ledger, by day, provider and model.
 *
 * @param groups by day, provider and model
 * @param total of all groups
 */
public record Reconciliation(List<Group> groups, Split total) {
    /**
     * One group. Where a usage line of a day and provider names no model, all models of them are one group.
     *
     * @param model null where the bill does not tell
     */
    public record Group(
            LocalDate day, String provider, @Nullable String model, long calls, Split split) {}

    private record DayOfProvider(LocalDate day, String provider) {}

    private record Key(LocalDate day, String provider, String model) {
        static final Comparator<Key> ORDER =
                Comparator.comparing(Key::day).thenComparing(Key::provider).thenComparing(Key::model);
    }

    /** Compares the lines of a bill with the ledger as it was at the import, and as it is now. */
    public static Reconciliation of(List<BilledLine> lines, List<ComputedCost> atImport, List<ComputedGroup> now) {
        Set<DayOfProvider> withoutModels = new HashSet<>();
        for (BilledLine line : lines) {
            if (line.kind() == ChargeKind.USAGE && line.model() == null) {
                withoutModels.add(new DayOfProvider(line.day(), line.provider()));
            }
        }
        Map<Key, GroupFigures> groups = new TreeMap<>(Key.ORDER);
        lines.forEach(line -> group(groups, withoutModels, line.day(), line.provider(), line.model())
                .add(line));
        atImport.forEach(cost -> group(groups, withoutModels, cost.day(), cost.provider(), cost.model())
                .add(cost));
        now.forEach(computed -> group(groups, withoutModels, computed.day(), computed.provider(), computed.model())
                .add(computed));
        List<Group> all = groups.entrySet().stream()
                .map(entry -> new Group(
                        entry.getKey().day(),
                        entry.getKey().provider(),
                        entry.getKey().model().isEmpty() ? null : entry.getKey().model(),
                        entry.getValue().calls(),
                        SplitDifference.of(entry.getValue())))
                .toList();
        return new Reconciliation(all, all.stream().map(Group::split).reduce(Split.NONE, Split::plus));
    }

    private static GroupFigures group(
            Map<Key, GroupFigures> groups,
            Set<DayOfProvider> withoutModels,
            LocalDate day,
            String provider,
            @Nullable String model) {
        String name =
                model == null || withoutModels.contains(new DayOfProvider(day, provider)) ? "" : ModelKey.of(model);
        return groups.computeIfAbsent(new Key(day, provider, name), key -> new GroupFigures());
    }

    /**
     * The unexplained share, 0 or more: the groups' unexplained amounts over their differences, both without their sign, so
     * that one group's surplus does not hide another's lack. It passes 1 where causes work against each other. Null
     * without a difference.
     */
    public @Nullable Double unexplainedRatio() {
        BigDecimal unexplained =
                sum(groups.stream().map(group -> group.split().unexplained()).toList());
        BigDecimal differences =
                sum(groups.stream().map(group -> group.split().difference()).toList());
        return differences.signum() == 0
                ? null
                : unexplained.divide(differences, MathContext.DECIMAL64).doubleValue();
    }

    private static BigDecimal sum(List<BigDecimal> amounts) {
        return amounts.stream().map(BigDecimal::abs).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
