package dev.assay.cost.app;

import dev.assay.cost.domain.pricing.MatchRule;
import dev.assay.cost.domain.pricing.PricingOutcome;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of pricing a call, with what it was priced by.
 *
 * @param currency the project's, in which the price is too
 * @param priceVersion null if no price was found or none was needed
 * @param priceKey the row of the price list
 * @param match how the model's name led to the row
 * @param assumed the call is older than the first known price
 */
public record Bill(
        String currency,
        @Nullable String priceVersion,
        @Nullable String priceKey,
        @Nullable MatchRule match,
        boolean assumed,
        PricingOutcome outcome) {

    static Bill without(String currency, PricingOutcome outcome) {
        return new Bill(currency, null, null, null, false, outcome);
    }
}
