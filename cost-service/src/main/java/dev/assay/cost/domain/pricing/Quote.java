package dev.assay.cost.domain.pricing;

/**
 * The price list entry that a call is priced by.
 *
 * @param version which version of the prices
 * @param key the catalogue's key, or the model of the project's own price
 * @param assumed the call is older than the first known price, which was taken for it
 */
public record Quote(RateCard card, String version, String key, MatchRule rule, boolean assumed, String currency) {}
