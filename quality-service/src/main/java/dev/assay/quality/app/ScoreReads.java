package dev.assay.quality.app;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Reads the scores of single calls. */
public interface ScoreReads {
    /** The present scores of a call; none when it is unknown or withdrawn. */
    Uni<List<PublishedScores>> of(String tenant, String eventId);

    /** What others said of a call, in the order in which they did. */
    Uni<List<GivenScore>> given(String tenant, String eventId);

    /** What judges gave a call, by epoch and criterion. */
    Uni<List<JudgedScore>> judged(String tenant, String eventId);

    /** A judge's score, 1 to 5. */
    record JudgedScore(String criterion, int score, String justification, String epoch) {}

    /** How many records of this project could not be handled. */
    Uni<Long> deadLetters(String tenant);
}
