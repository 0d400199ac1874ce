package dev.assay.cost.domain.reconcile;

import java.math.BigDecimal;
import java.time.LocalDate;

/** The list cost that a day, provider and model had when the bill was imported. */
public record ComputedCost(LocalDate day, String provider, String model, BigDecimal cost) {}
