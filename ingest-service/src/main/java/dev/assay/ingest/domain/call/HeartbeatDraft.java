package dev.assay.ingest.domain.call;

import dev.assay.contracts.common.v1.Dimensions;
import dev.assay.ingest.domain.call.Values.BadValue;
import org.jspecify.annotations.Nullable;

/** What one probe of a service found, as a client writes it, field by field. Unknown fields are left out. */
public final class HeartbeatDraft {
    private static final int MAX_CHARS = 200;

    private final Dimensions.Builder dimensions = Dimensions.newBuilder();
    private String eventId = "";
    private long eventTimeUs;
    private boolean timed;
    private @Nullable Boolean up;
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
            case "app" -> dimensions.setApp(Values.label(value, MAX_CHARS));
            case "environment" -> dimensions.setEnvironment(Values.label(value, MAX_CHARS));
            case "endpoint" -> dimensions.setEndpoint(Values.label(value, MAX_CHARS));
            case "provider" -> dimensions.setProvider(Values.label(value, MAX_CHARS));
            case "model" -> dimensions.setModel(Values.label(value, MAX_CHARS));
            case "up" -> up = Values.flag(value);
            default -> {
                // a field of a later version, or of nobody's
            }
        }
    }

    /** The refusal, or null when the heartbeat is good. */
    public @Nullable Refusal complete(AcceptedTimes times) {
        if (refusal != null) {
            return refusal;
        }
        if (up == null) {
            return new Refusal("up", "is required: whether the probe found the service up");
        }
        if (!timed) {
            eventTimeUs = times.nowUs();
        }
        String fault = times.fault(eventTimeUs);
        if (fault == null && times.isSkewed(eventTimeUs)) {
            fault = "must not be more than 5 minutes ahead";
        }
        return fault == null ? null : new Refusal("event_time", fault);
    }

    /** The client's id of the heartbeat; empty when it gave none. */
    public String eventId() {
        return eventId;
    }

    public long eventTimeUs() {
        return eventTimeUs;
    }

    public Dimensions dimensions() {
        return dimensions.build();
    }

    /** Whether the probe found the service up. */
    public boolean isUp() {
        return Boolean.TRUE.equals(up);
    }
}
