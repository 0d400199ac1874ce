package dev.assay.quality.domain.judge;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A judge's answer: a score for every criterion of the rubric, or none at all. An answer that misses one is no judgement:
 * neither is a missing score zero, nor may the mean over the others stand for all.
 *
 * @param scores by criterion, in the rubric's order
 * @param overall their weighted mean, 1 to 5
 */
public record Judgement(Map<String, Score> scores, double overall) {

    /** A criterion's score, 1 to 5, and why. */
    public record Score(int score, String justification) {
        private static final int MAX_JUSTIFICATION = 2_000;

        public Score {
            if (score < Rubric.LOWEST || score > Rubric.HIGHEST) {
                throw new IllegalArgumentException("a score must be 1 to 5, got: " + score);
            }
            if (justification.length() > MAX_JUSTIFICATION) {
                justification = justification.substring(0, MAX_JUSTIFICATION);
            }
        }
    }

    /**
     * The judgement that some scores are.
     *
     * @throws IllegalArgumentException if a criterion has none
     */
    public static Judgement of(Rubric rubric, Map<String, Score> scores) {
        double overall = rubric.overall(scores);
        Map<String, Score> ordered = new LinkedHashMap<>();
        rubric.criteria().forEach(criterion -> ordered.put(criterion.name(), scores.get(criterion.name())));
        return new Judgement(ordered, overall);
    }
}
