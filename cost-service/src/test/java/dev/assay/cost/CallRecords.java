package dev.assay.cost;

import dev.assay.contracts.Topics;
import dev.assay.contracts.common.v1.Envelope;
import dev.assay.contracts.common.v1.Revision;
import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.contracts.llm.v1.Status;
import dev.assay.cost.SentRecords.Sent;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Calls of gpt-4o, of OpenAI, as the clean stream brings them: 2.50 a million tokens in, 10 out. */
final class CallRecords {
    private CallRecords() {}

    /** The record of a call, at revision 1. */
    static Sent of(TestProject project, String eventId, Instant start, Consumer<Call.Builder> change) {
        return of(project, eventId, 1, start, change);
    }

    static Sent of(TestProject project, String eventId, long revision, Instant start, Consumer<Call.Builder> change) {
        Call.Builder call = Call.newBuilder()
                .setProvider("openai")
                .setRequestModel("gpt-4o")
                .setStatus(Status.STATUS_OK)
                .setStartTimeUs(start.getEpochSecond() * 1_000_000 + start.getNano() / 1000);
        change.accept(call);
        return new Sent(
                Math.floorMod(eventId.hashCode(), Topics.LOCAL_PARTITIONS),
                CallRevised.newBuilder()
                        .setEnvelope(
                                Envelope.newBuilder().setTenant(project.id()).setEventId(eventId))
                        .setRevision(Revision.newBuilder().setPosition(revision))
                        .setLedgerDay((int) Math.floorDiv(start.getEpochSecond(), 86_400L))
                        .setCall(call)
                        .build()
                        .toByteArray());
    }

    static void send(Sent... records) {
        SentRecords.send(Topics.CALLS, List.of(records));
    }
}
