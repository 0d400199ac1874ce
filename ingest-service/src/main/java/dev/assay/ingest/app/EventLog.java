package dev.assay.ingest.app;

import dev.assay.contracts.control.v1.Rejection;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.FeedbackEvent;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Where accepted events go, durably. Each method is done when everything is acknowledged, and fails when anything is not. */
public interface EventLog {
    /** Appends calls and what was refused beside them. */
    Uni<Void> appendCalls(List<Call> calls, List<Rejection> rejections);

    /** Appends feedback and outcomes and what was refused beside them. */
    Uni<Void> appendFeedback(List<FeedbackEvent> events, List<Rejection> rejections);

    /** The log cannot take events for now; the client should try again. */
    final class Unavailable extends RuntimeException {
        public Unavailable(String message) {
            super(message, null, false, false);
        }
    }
}
