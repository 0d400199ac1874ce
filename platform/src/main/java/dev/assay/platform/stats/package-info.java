/**
 * Statistics behind the figures: intervals, tests and baselines, each with its source and with tests against published
 * examples. Pure functions; no data is an empty answer, not zero.
 */
@NullMarked
package dev.assay.platform.stats;

import org.jspecify.annotations.NullMarked;
