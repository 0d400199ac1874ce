package dev.assay.quality.app;

import dev.assay.contracts.common.v1.Revision;
import dev.assay.quality.domain.detect.Detector;
import dev.assay.quality.domain.detect.Finding;
import dev.assay.quality.domain.detect.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The scores of one call, as others read them.
 *
 * @param withdrawn the call no longer counts, nor do its scores
 * @param scores one per detector that had its input
 */
public record PublishedScores(
        String tenant, String eventId, Revision revision, long eventTimeUs, boolean withdrawn, List<Score> scores) {
    /** Scores of different models are never joined into one line: a detector's epoch is its version. */
    public record Score(
            Detector detector, double score, @Nullable Boolean label, String evaluator) {}

    public PublishedScores {
        scores = List.copyOf(scores);
    }

    /** The scores of a call that was judged just now. */
    public static PublishedScores of(ScoredCall call) {
        List<Score> scores = new ArrayList<>();
        Verdict verdict = call.verdict();
        if (verdict != null) {
            for (Detector detector : Detector.values()) {
                Finding finding = detector.in(verdict);
                if (finding != null) {
                    scores.add(new Score(detector, (float) finding.score(), finding.label(), finding.version()));
                }
            }
        }
        return new PublishedScores(
                call.key().tenant(), call.eventId(), call.revision(), call.eventTimeUs(), call.withdrawn(), scores);
    }
}
