package dev.assay.alert.domain.backtest;

import dev.assay.alert.domain.evaluation.Labels;
import dev.assay.alert.domain.incident.Episode;

/** A time that a rule would have paged. */
public record Page(Labels labels, Episode episode) {

    /** How long it fired, in minutes; to the end of the test if it still did. */
    public long minutes(long testEnd) {
        Long end = episode.endedAt();
        return (end == null ? testEnd : end) - episode.firedAt();
    }
}
