package dev.assay.quality.app;

import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** Deletes rows by their age. */
public interface ExpiredRows {
    /**
     * Deletes what happened before a time, in every project: a bounded number of rows at a time, so that nobody waits long
     * for a lock. Definitions (rubrics, judges, experiments, datasets, gates) and the baselines of gates stay.
     *
     * @return how many rows
     */
    Uni<Long> delete(Instant before);
}
