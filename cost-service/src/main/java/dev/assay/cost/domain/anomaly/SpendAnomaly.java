package dev.assay.cost.domain.anomaly;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A day whose cost the days before do not explain.
 *
 * @param expected what the days before let expect for its weekday
 * @param deviation cost minus expected
 * @param score the deviation in robust standard deviations
 */
public record SpendAnomaly(LocalDate date, BigDecimal cost, BigDecimal expected, BigDecimal deviation, double score) {}
