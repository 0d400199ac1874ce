package dev.assay.quality.app;

import io.smallrye.mutiny.Uni;
import org.apache.kafka.common.TopicPartition;

/**
 * Folds into the windows of a source of calls what is known later than the call itself. Each is one transaction that holds
 * the source's offset row, so that the source has one writer at a time; the windows get a new revision.
 */
public interface LateFolds {
    /** Folds judged scores that changed; how many responses were looked at. */
    Uni<Integer> judged(TopicPartition source);

    /** Folds the queries of sessions that changed; how many sessions were looked at. */
    Uni<Integer> requeries(TopicPartition source);
}
