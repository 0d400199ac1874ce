package dev.assay.ingest.domain.ledger;

import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.common.v1.Source;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.Kind;
import dev.assay.contracts.llm.v1.RecordKind;
import dev.assay.contracts.llm.v1.Status;

/** Calls for tests: a plain one to vary. */
public final class Calls {
    public static final String TENANT = "shop";
    public static final long START = 1_764_000_000_000_000L; // 2025-11-24T16:00:00Z
    public static final long SECOND = 1_000_000;

    /** A finished, countable model call of two seconds. */
    public static Call.Builder call(String eventId) {
        return record(eventId)
                .setRecordKind(RecordKind.RECORD_KIND_CALL)
                .setStartTimeUs(START)
                .setEndTimeUs(START + 2 * SECOND)
                .setKind(Kind.KIND_LLM)
                .setCountable(true)
                .setRequestModel("gpt-4o-mini")
                .setStatus(Status.STATUS_OK);
    }

    /** A span of trace {@code trace}; {@code parent} is empty for the root. */
    public static Call.Builder span(String trace, String span, String parent) {
        return call(trace + ":" + span)
                .setRecordKind(RecordKind.RECORD_KIND_SPAN)
                .setTraceId(trace)
                .setSpanId(span)
                .setParentSpanId(parent);
    }

    /** A span around others that never counts. */
    public static Call.Builder wrapper(String trace, String span, String parent) {
        return span(trace, span, parent).setKind(Kind.KIND_CHAIN).setCountable(false);
    }

    /** A record that says nothing yet. */
    public static Call.Builder record(String eventId) {
        return Call.newBuilder()
                .setEnvelope(Envelope.newBuilder()
                        .setTenant(TENANT)
                        .setEventId(eventId)
                        .setEventTimeUs(START)
                        .setReceivedTimeUs(START + 60 * SECOND)
                        .setSource(Source.SOURCE_REST));
    }

    private Calls() {}
}
