package dev.assay.ingest.app;

import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.common.v1.Source;
import dev.assay.contracts.control.v1.Rejection;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.ingest.domain.call.AcceptedTimes;
import dev.assay.ingest.domain.call.ContentRules;
import dev.assay.ingest.domain.call.Refusal;
import dev.assay.ingest.domain.call.TextLimits;
import dev.assay.ingest.domain.mapping.JsonText;
import java.util.ArrayList;
import java.util.List;

/**
 * The calls of one request on their way in: each completed with project, source and times, its content treated by the
 * project's policy, too long texts cut; or refused. For one thread.
 */
public final class Intake {
    private final String tenant;
    private final Source source;
    private final AcceptedTimes times;
    private final ContentRules content;
    private final JsonText json;
    private final List<Call> accepted = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();

    Intake(String tenant, Source source, AcceptedTimes times, ContentRules content, JsonText json) {
        this.tenant = tenant;
        this.source = source;
        this.times = times;
        this.content = content;
        this.json = json;
    }

    String tenant() {
        return tenant;
    }

    /** Which times are acceptable in this request. */
    public AcceptedTimes times() {
        return times;
    }

    /** Takes a call that telemetry brought: its times are checked here, and its labels cut to their length. */
    public void takeTelemetry(int index, Call.Builder call) {
        takeTelemetry(index, call, "start_time_unix_nano", "end_time_unix_nano");
    }

    /** As {@link #takeTelemetry(int, Call.Builder)}, for a sender that has other names for start and end. */
    public void takeTelemetry(int index, Call.Builder call, String startField, String endField) {
        String fault = times.fault(call.getStartTimeUs());
        String field = startField;
        if (fault == null && call.hasEndTimeUs()) {
            fault = times.fault(call.getEndTimeUs());
            field = endField;
        }
        if (fault != null) {
            refuse(index, call.getEnvelope().getEventId(), new Refusal(field, fault));
            return;
        }
        TextLimits.cutLabels(call);
        take(index, call);
    }

    /**
     * Takes a create or an update of an observation: its start may stand in another record, and then the event's time is
     * the record's own.
     */
    public void takeUpdate(int index, Call.Builder call) {
        long eventTimeUs = call.getEnvelope().getEventTimeUs();
        String field = "timestamp";
        String fault = times.fault(eventTimeUs);
        if (fault == null && call.hasStartTimeUs()) {
            field = "body.startTime";
            fault = times.fault(call.getStartTimeUs());
        }
        if (fault == null && call.hasEndTimeUs()) {
            field = "body.endTime";
            fault = times.fault(call.getEndTimeUs());
        }
        if (fault != null) {
            refuse(index, call.getEnvelope().getEventId(), new Refusal(field, fault));
            return;
        }
        TextLimits.cutLabels(call);
        take(index, call);
    }

    /** Takes a call that fulfils the rules of the API. */
    public void take(int index, Call.Builder call) {
        String eventId = call.getEnvelope().getEventId();
        if (eventId.isEmpty()) {
            eventId = EventIds.random();
        }
        long eventTimeUs = call.hasStartTimeUs()
                ? call.getStartTimeUs()
                : call.getEnvelope().getEventTimeUs();
        call.setEnvelope(Envelope.newBuilder()
                .setTenant(tenant)
                .setEventId(eventId)
                .setEventTimeUs(eventTimeUs)
                .setReceivedTimeUs(times.nowUs())
                .setSource(source));
        if (times.isSkewed(eventTimeUs)) {
            call.setSkewed(true);
        }
        TextLimits.cutTexts(call, json);
        content.apply(call);
        Call complete = call.build();
        if (complete.getSerializedSize() > TextLimits.MAX_EVENT_BYTES) {
            refuse(
                    index,
                    eventId,
                    new Refusal(
                            "",
                            "is larger than " + TextLimits.MAX_EVENT_BYTES / 1024 + " KiB after its texts were cut"));
            return;
        }
        accepted.add(complete);
    }

    /** Notes an event that is not taken in. */
    public void refuse(int index, String eventId, Refusal refusal) {
        rejected.add(new Rejected(index, eventId, refusal.field(), refusal.reason()));
    }

    /** The calls that were taken in, in the order in which they came. */
    public List<Call> accepted() {
        return accepted;
    }

    /** What was not, in the order in which it came. */
    public List<Rejected> rejected() {
        return rejected;
    }

    List<Rejection> rejections() {
        return Rejections.of(tenant, times.nowUs(), rejected);
    }
}
