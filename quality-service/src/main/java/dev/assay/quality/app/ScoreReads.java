package dev.assay.quality.app;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Reads the scores of single calls. */
public interface ScoreReads {
    /** The present scores of a call; none when it is unknown or withdrawn. */
    Uni<List<PublishedScores>> of(String tenant, String eventId);

    /** What others said of a call, in the order in which they did. */
    Uni<List<GivenScore>> given(String tenant, String eventId);

    /** How many records of this project could not be handled. */
    Uni<Long> deadLetters(String tenant);
}
