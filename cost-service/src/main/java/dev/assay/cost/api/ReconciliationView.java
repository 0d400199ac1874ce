package dev.assay.cost.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.cost.app.Reconciliations.Compared;
import dev.assay.cost.app.Reconciliations.Imported;
import dev.assay.cost.domain.pricing.Decimals;
import dev.assay.cost.domain.reconcile.Cause;
import dev.assay.cost.domain.reconcile.Reconciliation.Group;
import dev.assay.cost.domain.reconcile.Split;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bill beside the ledger.
 *
 * @param total of all items
 * @param unexplainedRatio the items' unexplained amounts over their differences, both without their sign; null without a
 *     difference
 * @param items by day, provider and model
 */
@RegisterForReflection
record ReconciliationView(
        String id,
        String format,
        String currency,
        @JsonProperty("first_day") LocalDate firstDay,
        @JsonProperty("last_day") LocalDate lastDay,
        @JsonProperty("created_time") Instant createdTime,
        @JsonProperty("created_by") String createdBy,
        Figures total,
        @JsonProperty("unexplained_ratio") @Nullable Double unexplainedRatio,
        List<Item> items) {
    /**
     * Amounts as decimal text. {@code difference} is billed less computed, and the sum of the causes and of what is
     * unexplained.
     *
     * @param computed the list cost at the import
     * @param causes all of them, 0 among them
     */
    @RegisterForReflection
    record Figures(String computed, String billed, String difference, Map<String, String> causes, String unexplained) {
        static Figures of(Split split) {
            Map<String, String> causes = new LinkedHashMap<>();
            Arrays.stream(Cause.values())
                    .forEach(cause -> causes.put(
                            cause.label(), Decimals.text(split.causes().getOrDefault(cause, BigDecimal.ZERO))));
            return new Figures(
                    Decimals.text(split.computed()),
                    Decimals.text(split.billed()),
                    Decimals.text(split.difference()),
                    causes,
                    Decimals.text(split.unexplained()));
        }
    }

    /** A day (UTC), provider and model; {@code model} is null where the bill does not tell it. */
    @RegisterForReflection
    record Item(LocalDate day, String provider, @Nullable String model, long calls, Figures figures) {
        static Item of(Group group) {
            return new Item(group.day(), group.provider(), group.model(), group.calls(), Figures.of(group.split()));
        }
    }

    /** An import without its comparison. */
    @RegisterForReflection
    record Summary(
            String id,
            String format,
            String currency,
            @JsonProperty("first_day") LocalDate firstDay,
            @JsonProperty("last_day") LocalDate lastDay,
            @JsonProperty("created_time") Instant createdTime,
            @JsonProperty("created_by") String createdBy) {
        static Summary of(Imported imported) {
            return new Summary(
                    imported.id().toString(),
                    imported.format(),
                    imported.currency(),
                    imported.firstDay(),
                    imported.lastDay(),
                    imported.createdTime(),
                    imported.createdBy());
        }
    }

    @RegisterForReflection
    record Page(List<Summary> items) {}

    static ReconciliationView of(Compared compared) {
        Imported imported = compared.imported();
        return new ReconciliationView(
                imported.id().toString(),
                imported.format(),
                imported.currency(),
                imported.firstDay(),
                imported.lastDay(),
                imported.createdTime(),
                imported.createdBy(),
                Figures.of(compared.result().total()),
                compared.result().unexplainedRatio(),
                compared.result().groups().stream().map(Item::of).toList());
    }
}
