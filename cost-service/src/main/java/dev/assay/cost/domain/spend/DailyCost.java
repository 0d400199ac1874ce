package dev.assay.cost.domain.spend;

import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * The list cost of one calendar day.
 *
 * @param calls how many calls the day had, priced or not; a day without calls costs nothing and still counts as a day
 */
public record DailyCost(LocalDate date, BigDecimal cost, long calls) {}
