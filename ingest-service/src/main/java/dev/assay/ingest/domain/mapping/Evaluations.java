package dev.assay.ingest.domain.mapping;

import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.contracts.llm.v1.NamedScore;
import org.jspecify.annotations.Nullable;

/**
 * Results of evaluations, as the GenAI conventions tell them: log records or span events named {@code
 * gen_ai.evaluation.result}, in the context of the span that was evaluated.
 */
final class Evaluations {
    static final String RESULT = "gen_ai.evaluation.result";

    private static final String NAME = "gen_ai.evaluation.name";
    private static final String SCORE_VALUE = "gen_ai.evaluation.score.value";
    private static final String SCORE_LABEL = "gen_ai.evaluation.score.label";
    private static final String EXPLANATION = "gen_ai.evaluation.explanation";
    private static final int MAX_LABEL_CHARS = 200;
    private static final int MAX_EXPLANATION_CHARS = 16_384;

    /** What becomes of a result; one that holds none, because the evaluation failed, is left out. */
    static Mapped map(String traceId, String spanId, long timeNanos, Attributes attributes) {
        String name = Coercion.text(other(attributes, NAME));
        if (name == null) {
            return new Mapped.Refused("", NAME, "is required");
        }
        if (traceId.isEmpty() || spanId.isEmpty()) {
            return new Mapped.Refused("", "span_id", "must name the span that was evaluated");
        }
        Double value = Coercion.number(other(attributes, SCORE_VALUE));
        String label = Coercion.text(other(attributes, SCORE_LABEL));
        if (value == null && label == null) {
            return Mapped.LeftOut.INSTANCE;
        }
        NamedScore.Builder score = NamedScore.newBuilder().setName(cut(name, MAX_LABEL_CHARS));
        if (value != null) {
            score.setValue(value);
        }
        if (label != null) {
            score.setLabel(cut(label, MAX_LABEL_CHARS));
        }
        String explanation = Coercion.text(other(attributes, EXPLANATION));
        if (explanation != null) {
            score.setExplanation(cut(explanation, MAX_EXPLANATION_CHARS));
        }
        Feedback.Builder feedback = Feedback.newBuilder()
                .setTraceId(traceId)
                .setCallEventId(traceId + ":" + spanId)
                .setScore(score);
        // known by what it says, so that a resend is a duplicate
        String eventId = "evaluation:" + Long.toHexString(timeNanos) + ":"
                + ContentHash.hex(feedback.build().toByteArray());
        return new Mapped.Evaluated(eventId, timeNanos / 1000, feedback);
    }

    private static @Nullable Object other(Attributes attributes, String key) {
        for (Attributes.Other other : attributes.others()) {
            if (other.key().equals(key)) {
                return other.value();
            }
        }
        return null;
    }

    private static String cut(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(maxChars - 1)) ? maxChars - 1 : maxChars;
        return text.substring(0, end);
    }

    private Evaluations() {}
}
