package dev.assay.cost.domain.anomaly;

import java.math.BigDecimal;

/**
 * One part's share of a series' anomaly.
 *
 * @param part the part's value of the dimension that explains; empty where calls do not tell it
 * @param expected the part's usual share of what was expected of the series
 * @param deviation cost less expected; those of all parts add up to the anomaly's
 */
public record Contributor(String part, BigDecimal cost, BigDecimal expected, BigDecimal deviation) {}
