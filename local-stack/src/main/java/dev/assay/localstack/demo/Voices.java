package dev.assay.localstack.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** What the made-up users say about the calls, and whether their tasks succeeded. Ids follow from the trace's. */
final class Voices {
    private static final double RATED_RATIO = 0.12;
    private static final double THUMBS_RATIO = 0.08;
    private static final double NPS_RATIO = 0.03;
    private static final double TASK_SUCCESS_RATIO = 0.87;
    private static final int LONGEST_TASK_SECONDS = 600;
    private static final List<String> COMPLAINTS = List.of(
            "The answer was wrong.",
            "Too long, I only wanted one sentence.",
            "It took ages to answer.",
            "It made that up, there is no such setting.",
            "Too brief, the second half of my question is missing.");

    /** Adds the feedback on this trace, if its user gave any. */
    static void feedback(Variation variation, ArrayNode into) {
        SplittableRandom random = new SplittableRandom(variation.idSeed() + 1);
        double kind = random.nextDouble();
        if (kind >= RATED_RATIO + THUMBS_RATIO + NPS_RATIO) {
            return;
        }
        ObjectNode feedback = into.addObject();
        feedback.put("event_id", "feedback-" + variation.traceId());
        feedback.put(
                "event_time",
                variation.start().plusSeconds(30L + random.nextInt(60)).toString());
        feedback.put("app", variation.app().id());
        feedback.put("user_id", variation.user());
        feedback.put("session_id", variation.session());
        feedback.put("trace_id", variation.traceId());
        int rating = rating(variation, random);
        if (kind < RATED_RATIO) {
            feedback.put("rating", rating);
            if (rating <= 3) {
                feedback.put("text", COMPLAINTS.get(random.nextInt(COMPLAINTS.size())));
            }
        } else if (kind < RATED_RATIO + THUMBS_RATIO) {
            feedback.put("thumbs", rating >= 3 ? "up" : "down");
            if (rating < 3) {
                feedback.put("text", COMPLAINTS.get(random.nextInt(COMPLAINTS.size())));
            }
        } else {
            feedback.put("nps", Math.min(10, rating * 2 + random.nextInt(2)));
        }
    }

    /** Adds the outcome of the task that this trace was part of, where the application reports tasks. */
    static void outcome(Variation variation, Instant now, ArrayNode into) {
        if (variation.app() != DemoApp.SUPPORT && variation.app() != DemoApp.RESEARCH) {
            return;
        }
        SplittableRandom random = new SplittableRandom(variation.idSeed() + 2);
        Instant end = variation.start().plusSeconds(20L + random.nextInt(LONGEST_TASK_SECONDS));
        if (end.isAfter(now)) {
            return;
        }
        ObjectNode outcome = into.addObject();
        outcome.put("task_id", "task-" + variation.traceId());
        outcome.put("app", variation.app().id());
        outcome.put("user_id", variation.user());
        outcome.put("success", !variation.trace().isFailure() && random.nextDouble() < TASK_SUCCESS_RATIO);
        outcome.put("start_time", variation.start().minus(Duration.ofSeconds(5)).toString());
        outcome.put("end_time", end.toString());
    }

    private static int rating(Variation variation, SplittableRandom random) {
        double wanted = variation.app().rating() - (variation.trace().isFailure() ? 2.5 : 0);
        double drawn = wanted + (random.nextDouble() + random.nextDouble() - 1) * 2.3;
        return (int) Math.min(5, Math.max(1, Math.round(drawn)));
    }

    private Voices() {}
}
