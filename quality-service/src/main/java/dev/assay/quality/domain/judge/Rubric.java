package dev.assay.quality.domain.judge;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a judge scores a response by. A version never changes: another wording is another version, and so another epoch.
 *
 * @param name 1 to 100 letters, digits, {@code -} and {@code _}
 * @param version from 1
 * @param criteria 1 to 10 with different names
 */
public record Rubric(String name, int version, List<Criterion> criteria) {
    /** The lowest and highest score of a criterion. */
    public static final int LOWEST = 1;

    public static final int HIGHEST = 5;

    /** A response is good in a criterion from this score on. */
    public static final int GOOD = 4;

    private static final int MOST_CRITERIA = 10;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,100}");

    /**
     * One thing that is scored from 1 to 5.
     *
     * @param name as in a rubric; {@code accuracy}, {@code helpfulness}, {@code relevance}, {@code completeness} and
     *     {@code coherence} feed the KPIs of those names
     * @param description what is meant, 1 to 2,000 characters
     * @param weight its part in the overall score; above 0
     * @param anchors what single scores look like; may be empty
     */
    public record Criterion(String name, String description, double weight, Map<Integer, String> anchors) {
        private static final int MAX_TEXT = 2_000;

        public Criterion {
            requireName(name);
            if (description.isBlank() || description.length() > MAX_TEXT) {
                throw new IllegalArgumentException("description must have 1 to " + MAX_TEXT + " characters");
            }
            if (!(weight > 0 && weight <= 1_000)) {
                throw new IllegalArgumentException("weight must be above 0 and at most 1000, got: " + weight);
            }
            anchors = Map.copyOf(new TreeMap<>(anchors));
            anchors.forEach((score, text) -> {
                if (score < LOWEST || score > HIGHEST || text.length() > MAX_TEXT) {
                    throw new IllegalArgumentException(
                            "anchors must be of scores 1 to 5 and have at most " + MAX_TEXT + " characters");
                }
            });
        }
    }

    public Rubric {
        requireName(name);
        criteria = List.copyOf(criteria);
        if (version < 1) {
            throw new IllegalArgumentException("version must be >= 1, got: " + version);
        }
        if (criteria.isEmpty() || criteria.size() > MOST_CRITERIA) {
            throw new IllegalArgumentException("criteria must be 1 to " + MOST_CRITERIA + ", got: " + criteria.size());
        }
        Set<String> names = new HashSet<>();
        for (Criterion criterion : criteria) {
            if (!names.add(criterion.name())) {
                throw new IllegalArgumentException("criteria must have different names, twice: " + criterion.name());
            }
        }
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name must be 1 to 100 letters, digits, - and _");
        }
    }

    /** The weighted mean of scores that has one for each criterion: see {@link Judgement}. */
    double overall(Map<String, Judgement.Score> scores) {
        double sum = 0;
        double weights = 0;
        for (Criterion criterion : criteria) {
            Judgement.Score score = scores.get(criterion.name());
            if (score == null) {
                throw new IllegalArgumentException("there is no score for " + criterion.name());
            }
            sum += criterion.weight() * score.score();
            weights += criterion.weight();
        }
        return sum / weights;
    }
}
