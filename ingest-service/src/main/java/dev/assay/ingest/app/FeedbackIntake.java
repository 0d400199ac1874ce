package dev.assay.ingest.app;

import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.common.v1.Source;
import dev.assay.contracts.control.v1.Rejection;
import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.contracts.llm.v1.FeedbackEvent;
import dev.assay.contracts.llm.v1.TaskOutcome;
import dev.assay.ingest.domain.call.AcceptedTimes;
import dev.assay.ingest.domain.call.ContentRules;
import dev.assay.ingest.domain.call.FeedbackDraft;
import dev.assay.ingest.domain.call.OutcomeDraft;
import dev.assay.ingest.domain.call.Refusal;
import java.util.ArrayList;
import java.util.List;

/** The feedback or the outcomes of one request on their way in. For one thread. */
public final class FeedbackIntake {
    private final String tenant;
    private final Source source;
    private final AcceptedTimes times;
    private final ContentRules content;
    private final List<FeedbackEvent> accepted = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();

    FeedbackIntake(String tenant, Source source, AcceptedTimes times, ContentRules content) {
        this.tenant = tenant;
        this.source = source;
        this.times = times;
        this.content = content;
    }

    String tenant() {
        return tenant;
    }

    /** Takes feedback, or refuses it. */
    public void take(int index, FeedbackDraft draft) {
        Refusal refusal = draft.complete(times);
        if (refusal != null) {
            refuse(index, draft.eventId(), refusal);
            return;
        }
        String eventId = draft.eventId().isEmpty() ? EventIds.random() : draft.eventId();
        add(eventId, draft.eventTimeUs(), draft.feedback());
    }

    /** Takes a score that another product's client gave, or refuses it for its time. */
    public void takeScore(int index, String eventId, long eventTimeUs, Feedback.Builder score) {
        String fault = times.fault(eventTimeUs);
        if (fault != null) {
            refuse(index, eventId, new Refusal("timestamp", fault));
        } else {
            add(eventId, eventTimeUs, score);
        }
    }

    private void add(String eventId, long eventTimeUs, Feedback.Builder feedback) {
        content.apply(feedback);
        accepted.add(FeedbackEvent.newBuilder()
                .setEnvelope(envelope(eventId, eventTimeUs))
                .setFeedback(feedback)
                .build());
    }

    /** Takes the outcome of a task, or refuses it. The task's id is the event's. */
    public void take(int index, OutcomeDraft draft) {
        Refusal refusal = draft.complete(times);
        TaskOutcome.Builder outcome = draft.outcome();
        if (refusal != null) {
            refuse(index, outcome.getTaskId(), refusal);
            return;
        }
        outcome.setUserId(content.pseudonym(outcome.getUserId()));
        accepted.add(FeedbackEvent.newBuilder()
                .setEnvelope(envelope(outcome.getTaskId(), draft.eventTimeUs()))
                .setOutcome(outcome)
                .build());
    }

    /** Notes an event that is not taken in. */
    public void refuse(int index, String eventId, Refusal refusal) {
        rejected.add(new Rejected(index, eventId, refusal.field(), refusal.reason()));
    }

    public List<FeedbackEvent> accepted() {
        return accepted;
    }

    public List<Rejected> rejected() {
        return rejected;
    }

    List<Rejection> rejections() {
        return Rejections.of(tenant, times.nowUs(), rejected);
    }

    private Envelope envelope(String eventId, long eventTimeUs) {
        return Envelope.newBuilder()
                .setTenant(tenant)
                .setEventId(eventId)
                .setEventTimeUs(eventTimeUs)
                .setReceivedTimeUs(times.nowUs())
                .setSource(source)
                .build();
    }
}
