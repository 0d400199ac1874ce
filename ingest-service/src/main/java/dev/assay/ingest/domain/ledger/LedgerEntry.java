package dev.assay.ingest.domain.ledger;

import dev.assay.contracts.llm.v1.Call;
import java.util.List;
import java.util.UUID;

/**
 * One event as the ledger keeps it.
 *
 * @param ledgerDay days since 1970-01-01 of the first start time seen; never changes
 * @param state what the event's own records say
 * @param call what the ledger makes of it, with the dimensions it counts under; content included
 * @param sent what the last message about it on the clean stream said
 */
public record LedgerEntry(UUID id, int ledgerDay, CallState state, Call call, CallRevision revision, Sent sent) {

    /** What has gone out about a call. */
    public enum Sent {
        NOTHING,
        CALL,
        WITHDRAWN
    }

    /** An entry whose state is kept by the call alone, as {@link #isPlain()} says. */
    public static LedgerEntry plain(UUID id, int ledgerDay, Call call, CallRevision revision, Sent sent) {
        return new LedgerEntry(id, ledgerDay, CallState.of(call), call, revision, sent);
    }

    /** Whether {@link #state} follows from {@link #call}, so that it need not be kept. */
    public boolean isPlain() {
        List<Call> parts = state.parts();
        return parts.size() == 1 && parts.get(0).equals(RecordForm.normal(call));
    }

    /** Whether it feeds counts, tokens, latency, errors and cost. */
    public boolean counts() {
        return counts(call);
    }

    static boolean counts(Call call) {
        return call.getCountable() && call.getSupersededBy().isEmpty();
    }

    public String tenant() {
        return call.getEnvelope().getTenant();
    }

    /** The trace that its own records name, empty if none. */
    public String traceId() {
        return state.traceId();
    }
}
