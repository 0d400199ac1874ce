package dev.assay.ingest.domain.call;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.RecordKind;
import dev.assay.ingest.domain.mapping.JsonText;
import org.jspecify.annotations.Nullable;

/**
 * One call as a client of the REST or gRPC API writes it, field by field.
 *
 * <p>The first field that breaks a rule is remembered and refuses the call; unknown fields become metadata.
 */
public final class CallDraft {
    private final Call.Builder call = Call.newBuilder().setRecordKind(RecordKind.RECORD_KIND_CALL);
    private final JsonText json;
    private @Nullable Refusal refusal;
    private String eventId = "";
    private boolean countableSaidFalse;

    public CallDraft(JsonText json) {
        this.json = json;
    }

    /** Takes one field; null is the same as its absence. */
    public void set(String name, @Nullable Object value) {
        if (value == null || refusal != null) {
            return;
        }
        CallFields.Setter setter = CallFields.find(name);
        try {
            if (setter == null) {
                Maps.putUnknown(this, name, value);
            } else {
                setter.set(this, value);
            }
        } catch (Values.BadValue bad) {
            refusal = new Refusal(name, bad.reason());
        }
    }

    /** The client's id of the event; empty when it gave none. */
    public String eventId() {
        return eventId;
    }

    /** Checks what no single field can tell and completes the call. The refusal, or null when the call is good. */
    public @Nullable Refusal complete(AcceptedTimes times) {
        if (refusal == null) {
            refusal = CallRules.check(this, times);
        }
        return refusal;
    }

    /** The call; good once {@link #complete} has returned null. Envelope without tenant, source and arrival. */
    public Call.Builder call() {
        return call;
    }

    JsonText json() {
        return json;
    }

    void eventId(String id) {
        eventId = id;
        call.getEnvelopeBuilder().setEventId(id);
    }

    void sayNotCountable() {
        countableSaidFalse = true;
    }

    boolean isSaidNotCountable() {
        return countableSaidFalse;
    }

    void truncated(String field) {
        if (!call.getTruncatedList().contains(field)) {
            call.addTruncated(field);
        }
    }
}
