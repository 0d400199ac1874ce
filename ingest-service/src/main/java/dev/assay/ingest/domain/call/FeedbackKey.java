package dev.assay.ingest.domain.call;

import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.contracts.llm.v1.FeedbackEvent;

/** The key under which feedback travels: its project, and its user, else session, else trace or call, else task. */
public final class FeedbackKey {

    /** The key of an event whose envelope names the project. */
    public static String of(FeedbackEvent event) {
        String tenant = event.getEnvelope().getTenant();
        if (event.hasOutcome()) {
            return tenant + "/"
                    + firstOf(event.getOutcome().getUserId(), event.getOutcome().getTaskId());
        }
        Feedback feedback = event.getFeedback();
        return tenant + "/"
                + firstOf(
                        feedback.getUserId(),
                        feedback.getSessionId(),
                        feedback.getTraceId(),
                        feedback.getCallEventId(),
                        event.getEnvelope().getEventId());
    }

    private static String firstOf(String... ids) {
        for (String id : ids) {
            if (!id.isEmpty()) {
                return id;
            }
        }
        return "";
    }

    private FeedbackKey() {}
}
