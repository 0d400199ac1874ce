package dev.assay.ingest.domain.langfuse;

import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.contracts.llm.v1.NamedScore;
import dev.assay.ingest.domain.call.TextLimits;
import dev.assay.ingest.domain.call.Texts;
import dev.assay.ingest.domain.mapping.Coercion;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes feedback of a score. The score itself is always kept, under its own name; where the name says that it is a user's
 * thumb, stars or recommendation, it counts as that too.
 */
final class Scores {
    private static final int MAX_NAME_CHARS = 200;
    private static final Pattern HEX_SPAN = Pattern.compile("[0-9a-fA-F]{16}");
    private static final Pattern HEX_TRACE = Pattern.compile("[0-9a-f]{32}");

    static Feedback.Builder feedback(Body body) throws BadItem {
        String name = body.text("name");
        if (name == null || name.isBlank() || name.length() > MAX_NAME_CHARS) {
            throw new BadItem("body.name", "must be a text of 1 to " + MAX_NAME_CHARS + " characters");
        }
        NamedScore.Builder score = score(name, body);
        String traceId = body.traceId("traceId");
        String observationId = body.id("observationId");
        String sessionId = body.id("sessionId");
        if (traceId == null && observationId == null && sessionId == null) {
            throw new BadItem("body.traceId", "is required, or observationId or sessionId");
        }
        Feedback.Builder feedback = Feedback.newBuilder().setScore(score);
        if (traceId != null) {
            feedback.setTraceId(traceId);
        }
        if (observationId != null) {
            feedback.setCallEventId(callId(traceId, observationId));
        }
        if (sessionId != null) {
            feedback.setSessionId(sessionId);
        }
        String comment = body.text("comment");
        if (comment != null) {
            feedback.getScoreBuilder().setExplanation(Texts.cutBytes(comment, TextLimits.MAX_TEXT_BYTES));
        }
        String environment = body.text("environment");
        if (environment != null) {
            feedback.setEnvironment(Texts.cut(environment, MAX_NAME_CHARS));
        }
        if (countAsFeedback(score, feedback)) {
            feedback.setText(feedback.getScore().getExplanation());
        }
        return feedback;
    }

    private static NamedScore.Builder score(String name, Body body) throws BadItem {
        Object value = body.get("value");
        String type = body.text("dataType");
        boolean word = "CATEGORICAL".equals(type) || (type == null && value instanceof String);
        NamedScore.Builder score = NamedScore.newBuilder().setName(name);
        if (word) {
            String label = Coercion.text(value);
            if (label == null || label.length() > MAX_NAME_CHARS) {
                throw new BadItem("body.value", "must be a text of 1 to " + MAX_NAME_CHARS + " characters");
            }
            return score.setLabel(label);
        }
        Boolean flag = Coercion.flag(value);
        Double number = flag != null ? (Double) (flag ? 1.0 : 0.0) : Coercion.number(value);
        if (number == null) {
            throw new BadItem("body.value", "must be a number, or a text with dataType CATEGORICAL");
        }
        if ("BOOLEAN".equals(type) && number != 0 && number != 1) {
            throw new BadItem("body.value", "must be 0 or 1 with dataType BOOLEAN");
        }
        return score.setValue(number);
    }

    /** Spans that came by OpenTelemetry have their trace in their event id; those of a batch are known by their own. */
    private static String callId(@Nullable String traceId, String observationId) {
        boolean otel = traceId != null
                && HEX_TRACE.matcher(traceId).matches()
                && HEX_SPAN.matcher(observationId).matches();
        return otel ? traceId + ":" + observationId.toLowerCase(Locale.ROOT) : observationId;
    }

    /** Whether it is a user's own word, by its name and its value. */
    private static boolean countAsFeedback(NamedScore.Builder score, Feedback.Builder feedback) {
        if (!score.hasValue()) {
            return false;
        }
        double value = score.getValue();
        boolean whole = value == Math.rint(value);
        switch (score.getName().toLowerCase(Locale.ROOT).replace('_', '-').replace(' ', '-')) {
            case "thumb", "thumbs", "thumbs-up", "like", "user-feedback", "feedback", "user-thumbs" -> {
                if (value != 1 && value != 0) {
                    return false;
                }
                feedback.setThumbs(value == 1 ? Feedback.Thumbs.THUMBS_UP : Feedback.Thumbs.THUMBS_DOWN);
                return true;
            }
            case "rating", "user-rating", "stars", "star-rating", "csat" -> {
                if (!whole || value < 1 || value > 5) {
                    return false;
                }
                feedback.setRating((int) value);
                return true;
            }
            case "nps" -> {
                if (!whole || value < 0 || value > 10) {
                    return false;
                }
                feedback.setNps((int) value);
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    private Scores() {}
}
