package dev.assay.cost.domain.pricing;

/** The row that a model name led to, and how. */
public record PriceMatch(PriceRow row, MatchRule rule) {}
