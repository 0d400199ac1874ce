package dev.assay.cost.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.cost.app.UnpricedModels.Figures;
import dev.assay.cost.app.UnpricedModels.Unpriced;
import dev.assay.cost.domain.pricing.Decimals;
import dev.assay.platform.window.TimeRange;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What of a range has no price; ratios are null when there were no calls or no tokens.
 *
 * @param unpricedCallsRatio of all calls, 0 to 1
 * @param unpricedTokensRatio of all tokens, 0 to 1
 */
@RegisterForReflection
record UnpricedView(
        Instant from,
        Instant to,
        long calls,
        @JsonProperty("unpriced_calls") long unpricedCalls,
        @JsonProperty("unpriced_calls_ratio") @Nullable Double unpricedCallsRatio,
        long tokens,
        @JsonProperty("unpriced_tokens") long unpricedTokens,
        @JsonProperty("unpriced_tokens_ratio") @Nullable Double unpricedTokensRatio,
        List<Item> items) {

    /** A model to fix. */
    @RegisterForReflection
    record Item(
            @Nullable String provider,
            @Nullable String model,
            String reason,
            @Nullable String detail,
            long calls,
            long tokens,
            @JsonProperty("reported_cost") @Nullable String reportedCost,
            @JsonProperty("first_time") Instant firstTime,
            @JsonProperty("last_time") Instant lastTime) {}

    static UnpricedView of(TimeRange range, Figures figures) {
        return new UnpricedView(
                range.from(),
                range.to(),
                figures.calls(),
                figures.unpricedCalls(),
                ratio(figures.unpricedCalls(), figures.calls()),
                figures.tokens(),
                figures.unpricedTokens(),
                ratio(figures.unpricedTokens(), figures.tokens()),
                figures.models().stream().map(UnpricedView::item).toList());
    }

    private static Item item(Unpriced model) {
        return new Item(
                given(model.provider()),
                given(model.model()),
                model.reason(),
                given(model.detail()),
                model.calls(),
                model.tokens(),
                model.reportedCost() == null ? null : Decimals.text(new BigDecimal(model.reportedCost())),
                Instant.EPOCH.plus(model.firstMicros(), ChronoUnit.MICROS),
                Instant.EPOCH.plus(model.lastMicros(), ChronoUnit.MICROS));
    }

    private static @Nullable Double ratio(long part, long whole) {
        return whole == 0 ? null : (double) part / whole;
    }

    private static @Nullable String given(@Nullable String value) {
        return value == null || value.isEmpty() ? null : value;
    }
}
