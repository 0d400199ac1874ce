package dev.assay.quality.domain.judge;

import dev.assay.contracts.kpi.v1.Measure;
import dev.assay.platform.window.WindowState;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a judged response adds to its window: of each criterion that is a KPI one observation, good from 4 on.
 *
 * <p>Windows have whole counts and no weights. So they carry only the responses that the rate sampled, each of which stands
 * for as many others: their plain share is the estimate, and their number says how sure it is. Those that were judged
 * because a detector flagged them are left out.
 *
 * @param scores 1 to 5, by measure; empty for a response that adds nothing
 */
public record JudgedScores(Map<Measure, Integer> scores) {
    /** Scores from here on are good. */
    public static final int GOOD = 4;

    /** The criteria that are KPIs, by the measure of their windows. */
    public static final Map<String, Measure> MEASURES;

    /** Nothing. */
    public static final JudgedScores NONE = new JudgedScores(Map.of());

    private static final int HUNDREDTHS = 100;

    static {
        Map<String, Measure> measures = new LinkedHashMap<>();
        measures.put("accuracy", Measure.MEASURE_ACCURACY);
        measures.put("helpfulness", Measure.MEASURE_HELPFULNESS);
        measures.put("relevance", Measure.MEASURE_RELEVANCE);
        measures.put("completeness", Measure.MEASURE_COMPLETENESS);
        measures.put("coherence", Measure.MEASURE_COHERENCE);
        MEASURES = Collections.unmodifiableMap(measures);
    }

    public JudgedScores {
        EnumMap<Measure, Integer> checked = new EnumMap<>(Measure.class);
        scores.forEach((measure, score) -> {
            if (!MEASURES.containsValue(measure)) {
                throw new IllegalArgumentException("not a judged measure: " + measure);
            }
            if (score < Rubric.LOWEST || score > Rubric.HIGHEST) {
                throw new IllegalArgumentException("a score must be 1 to 5, got: " + score);
            }
            checked.put(measure, score);
        });
        scores = Collections.unmodifiableMap(checked);
    }

    /** Of the scores by criterion; other criteria add nothing. */
    public static JudgedScores of(Map<String, Integer> byCriterion) {
        EnumMap<Measure, Integer> scores = new EnumMap<>(Measure.class);
        MEASURES.forEach((criterion, measure) -> {
            Integer score = byCriterion.get(criterion);
            if (score != null) {
                scores.put(measure, score);
            }
        });
        return new JudgedScores(scores);
    }

    public boolean isEmpty() {
        return scores.isEmpty();
    }

    /** Adds this to a window ({@code sign} 1) or takes it back ({@code sign} -1). */
    public void addTo(WindowState window, int sign) {
        scores.forEach((measure, score) -> {
            window.add(measure, sign, score >= GOOD ? sign : 0);
            window.addSum(measure, (long) sign * score);
            window.addBucket(measure, score * HUNDREDTHS, sign);
        });
    }
}
