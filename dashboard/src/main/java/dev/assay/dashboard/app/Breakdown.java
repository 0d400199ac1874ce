package dev.assay.dashboard.app;

import java.time.Instant;

/** One family's figures split by a dimension. */
public record Breakdown(Instant from, Instant to, String family, String groupBy, Part part) {}
