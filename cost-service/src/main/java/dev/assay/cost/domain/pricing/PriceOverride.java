package dev.assay.cost.domain.pricing;

import java.time.Instant;

/**
 * A project's own price for one model from some time on; it replaces the catalogue's row as a whole.
 *
 * @param provider empty for any provider
 */
public record PriceOverride(
        String id,
        String tenant,
        String provider,
        String model,
        Instant effectiveFrom,
        String currency,
        RateCard card) {

    /** The version that its ledger rows are stamped with. */
    public String version() {
        return "override:" + id;
    }

    /** Whether it is the price of a call of these names. */
    public boolean covers(String callProvider, String responseModel, String requestModel) {
        return (model.equals(responseModel) || model.equals(requestModel))
                && (provider.isEmpty() || ProviderFamily.nameOf(provider).equals(ProviderFamily.nameOf(callProvider)));
    }
}
