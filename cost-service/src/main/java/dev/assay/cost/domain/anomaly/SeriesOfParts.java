package dev.assay.cost.domain.anomaly;

import dev.assay.cost.domain.spend.DailyCost;
import dev.assay.cost.domain.spend.DailyCosts;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A series' days, made of its parts' days.
 *
 * @param key what tells the series from others
 * @param parts by value of the dimension that explains; all over the same days
 */
public record SeriesOfParts<K>(K key, Map<String, DailyCosts> parts) {
    private static final int SCALE = 6;

    public SeriesOfParts {
        parts = Map.copyOf(parts);
        if (parts.values().stream()
                        .map(part -> part.days().stream().map(DailyCost::date).toList())
                        .distinct()
                        .count()
                != 1) {
            throw new IllegalArgumentException("a series has parts, and all of them over the same days");
        }
    }

    /** All parts added up. */
    DailyCosts total() {
        List<DailyCost> first = parts.values().iterator().next().days();
        List<DailyCost> days = new ArrayList<>(first.size());
        for (int i = 0; i < first.size(); i++) {
            BigDecimal cost = BigDecimal.ZERO;
            long calls = 0;
            for (DailyCosts part : parts.values()) {
                cost = cost.add(part.days().get(i).cost());
                calls += part.days().get(i).calls();
            }
            days.add(new DailyCost(first.get(i).date(), cost, calls));
        }
        return new DailyCosts(days);
    }

    /**
     * The parts' shares of a day's deviation. What was expected of the series is divided as the parts' costs of the days
     * before were; the largest part takes what rounding leaves, so that the deviations add up exactly.
     *
     * @param at the day's place
     * @param window how many days before it tell what is usual
     */
    List<Contributor> contributors(int at, int window, BigDecimal expected) {
        Map<String, BigDecimal> usual = new TreeMap<>();
        parts.forEach((part, days) -> usual.put(
                part,
                days.days().subList(Math.max(0, at - window), at).stream()
                        .map(DailyCost::cost)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)));
        BigDecimal all = usual.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        String largest = usual.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        BigDecimal left = expected;
        List<Contributor> contributors = new ArrayList<>();
        for (Map.Entry<String, BigDecimal> part : usual.entrySet()) {
            if (!part.getKey().equals(largest)) {
                BigDecimal share = all.signum() == 0
                        ? BigDecimal.ZERO
                        : expected.multiply(part.getValue()).divide(all, SCALE, RoundingMode.HALF_EVEN);
                left = left.subtract(share);
                contributors.add(contributor(part.getKey(), at, share));
            }
        }
        contributors.add(contributor(largest, at, left));
        return contributors.stream()
                .filter(one -> one.cost().signum() != 0 || one.expected().signum() != 0)
                .sorted(Comparator.comparing(
                                (Contributor one) -> one.deviation().abs())
                        .reversed()
                        .thenComparing(Contributor::part))
                .toList();
    }

    private Contributor contributor(String part, int at, BigDecimal expected) {
        BigDecimal cost = Objects.requireNonNull(parts.get(part)).days().get(at).cost();
        return new Contributor(part, cost, expected, cost.subtract(expected));
    }
}
