package dev.assay.ingest.domain.call;

import dev.assay.contracts.llm.v1.Feedback;
import dev.assay.ingest.domain.call.Values.BadValue;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One piece of feedback as a client writes it, field by field. Unknown fields are left out. */
public final class FeedbackDraft {
    private static final int MAX_CHARS = 200;
    private static final int MAX_USER_CHARS = 512;
    private static final Map<String, Feedback.Thumbs> THUMBS =
            new TreeMap<>(Map.of("up", Feedback.Thumbs.THUMBS_UP, "down", Feedback.Thumbs.THUMBS_DOWN));

    private final Feedback.Builder feedback = Feedback.newBuilder();
    private String eventId = "";
    private long eventTimeUs;
    private boolean timed;
    private @Nullable Refusal refusal;

    /** Takes one field; null is the same as its absence. */
    public void set(String name, @Nullable Object value) {
        if (value == null || refusal != null) {
            return;
        }
        try {
            put(name, value);
        } catch (BadValue bad) {
            refusal = new Refusal(name, bad.reason());
        }
    }

    private void put(String name, Object value) throws BadValue {
        switch (name) {
            case "event_id" -> eventId = Ids.event(value);
            case "event_time" -> {
                eventTimeUs = Values.time(value);
                timed = true;
            }
            case "app" -> feedback.setApp(Values.label(value, MAX_CHARS));
            case "environment" -> feedback.setEnvironment(Values.label(value, MAX_CHARS));
            case "user_id" -> feedback.setUserId(Values.label(value, MAX_USER_CHARS));
            case "session_id" -> feedback.setSessionId(Values.label(value, MAX_USER_CHARS));
            case "call_event_id" -> feedback.setCallEventId(Ids.event(value));
            case "trace_id" -> feedback.setTraceId(Ids.hex(value, 32));
            case "rating" -> feedback.setRating((int) Values.count(value, 1, 5));
            case "thumbs" -> feedback.setThumbs(Values.word(value, THUMBS));
            case "nps" -> feedback.setNps((int) Values.count(value, 0, 10));
            case "text" -> feedback.setText(Texts.cutBytes(Values.text(value), TextLimits.MAX_TEXT_BYTES));
            case "category" -> feedback.setCategory(Values.label(value, MAX_CHARS));
            default -> {
                // a field of a later version, or of nobody's
            }
        }
    }

    /** The refusal, or null when the feedback is good. */
    public @Nullable Refusal complete(AcceptedTimes times) {
        if (refusal != null) {
            return refusal;
        }
        if (!timed) {
            eventTimeUs = times.nowUs();
        }
        String fault = times.fault(eventTimeUs);
        if (fault != null) {
            return new Refusal("event_time", fault);
        }
        boolean says = feedback.hasRating()
                || feedback.hasNps()
                || feedback.getThumbs() != Feedback.Thumbs.THUMBS_UNSPECIFIED
                || !feedback.getText().isEmpty()
                || !feedback.getCategory().isEmpty();
        return says ? null : new Refusal("rating", "is required, or one of thumbs, nps, text, category");
    }

    /** The client's id of the event; empty when it gave none. */
    public String eventId() {
        return eventId;
    }

    public long eventTimeUs() {
        return eventTimeUs;
    }

    public Feedback.Builder feedback() {
        return feedback;
    }
}
