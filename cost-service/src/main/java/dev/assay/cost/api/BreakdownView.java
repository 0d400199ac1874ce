package dev.assay.cost.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.cost.app.CostBreakdown.Group;
import dev.assay.cost.domain.pricing.Decimals;
import dev.assay.platform.window.TimeRange;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A range's cost by group.
 *
 * @param total of all groups, also of those that {@code items} leaves out
 * @param coverage the share of calls that could be priced; null without calls
 * @param previous the list cost of the range of the same length before
 * @param items by cost, the highest first
 * @param others the cost of the groups beyond the limit
 * @param movers those that changed most against the range before, up or down
 */
@RegisterForReflection
record BreakdownView(
        Instant from,
        Instant to,
        String currency,
        String total,
        long calls,
        @Nullable Double coverage,
        String previous,
        List<Item> items,
        String others,
        List<Item> movers) {
    private static final int MOVERS = 10;

    /**
     * One group. {@code cost} is null when none of its calls could be priced.
     *
     * @param shareRatio of the total, 0 to 1; null when the total is 0
     * @param change cost less the previous one
     * @param reportedCost what senders say of {@code reportedCalls} calls that have both costs
     * @param reportedDifference that less their list cost
     */
    @RegisterForReflection
    record Item(
            Map<String, @Nullable String> by,
            @Nullable String cost,
            @JsonProperty("share_ratio") @Nullable Double shareRatio,
            long calls,
            @JsonProperty("unpriced_calls") long unpricedCalls,
            long tokens,
            String previous,
            String change,
            @JsonProperty("reported_calls") long reportedCalls,
            @JsonProperty("reported_cost") @Nullable String reportedCost,
            @JsonProperty("reported_difference") @Nullable String reportedDifference) {}

    static BreakdownView of(TimeRange range, String currency, List<Group> groups, int limit) {
        BigDecimal total = sum(groups, Group::listCost);
        long calls = groups.stream().mapToLong(Group::calls).sum();
        long unpriced = groups.stream().mapToLong(Group::unpricedCalls).sum();
        Comparator<Group> byName = Comparator.comparing(group -> String.valueOf(group.by()));
        List<Group> byCost = groups.stream()
                .filter(group -> group.calls() > 0)
                .sorted(Comparator.comparing(Group::listCost).reversed().thenComparing(byName))
                .toList();
        List<Group> shown = byCost.size() > limit ? byCost.subList(0, limit) : byCost;
        List<Item> movers = groups.stream()
                .filter(group -> change(group).signum() != 0)
                .sorted(Comparator.comparing((Group group) -> change(group).abs())
                        .reversed()
                        .thenComparing(byName))
                .limit(MOVERS)
                .map(group -> item(group, total))
                .toList();
        return new BreakdownView(
                range.from(),
                range.to(),
                currency,
                Decimals.text(total),
                calls,
                calls == 0 ? null : (double) (calls - unpriced) / calls,
                Decimals.text(sum(groups, Group::previousCost)),
                shown.stream().map(group -> item(group, total)).toList(),
                Decimals.text(total.subtract(sum(shown, Group::listCost))),
                movers);
    }

    private static Item item(Group group, BigDecimal total) {
        boolean priced = group.calls() > group.unpricedCalls();
        boolean reported = group.reportedCalls() > 0;
        return new Item(
                named(group.by()),
                priced || group.calls() == 0 ? Decimals.text(group.listCost()) : null,
                total.signum() == 0 ? null : group.listCost().doubleValue() / total.doubleValue(),
                group.calls(),
                group.unpricedCalls(),
                group.tokens(),
                Decimals.text(group.previousCost()),
                Decimals.text(change(group)),
                group.reportedCalls(),
                reported ? Decimals.text(group.reportedCost()) : null,
                reported ? Decimals.text(group.reportedCost().subtract(group.listCostOfReported())) : null);
    }

    private static Map<String, @Nullable String> named(Map<String, @Nullable String> by) {
        Map<String, @Nullable String> named = new LinkedHashMap<>();
        by.forEach((name, value) -> named.put(name, value == null || value.isEmpty() ? null : value));
        return named;
    }

    private static BigDecimal change(Group group) {
        return group.listCost().subtract(group.previousCost());
    }

    private static BigDecimal sum(List<Group> groups, Function<Group, BigDecimal> of) {
        return groups.stream().map(of).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
