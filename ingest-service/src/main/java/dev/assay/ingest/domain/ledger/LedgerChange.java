package dev.assay.ingest.domain.ledger;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.contracts.llm.v1.CallRevised;
import dev.assay.contracts.llm.v1.Withdrawn;
import dev.assay.ingest.domain.ledger.LedgerEntry.Sent;
import dev.assay.ingest.domain.operations.OperationsMeasures;
import dev.assay.ingest.domain.operations.OperationsMeasures.Windows;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a batch made of one event: the entry before, if there was one, and the entry now. */
public record LedgerChange(@Nullable LedgerEntry before, LedgerEntry after) {

    public boolean isNew() {
        return before == null;
    }

    /** Whether the call itself is another than before, and not only what is kept for later merges. */
    public boolean changesCall() {
        return before == null || !before.call().equals(after.call());
    }

    /** Takes back what the call counted for before and adds what it counts for now. */
    public void contribute(Windows windows) {
        if (!changesCall()) {
            return;
        }
        if (before != null && before.counts()) {
            OperationsMeasures.contribute(before.call(), -1, windows);
        }
        if (after.counts()) {
            OperationsMeasures.contribute(after.call(), 1, windows);
        }
    }

    /** By how much it changes the number of superseded events: -1, 0 or 1. */
    public int superseded() {
        return count(after.call()) - (before == null ? 0 : count(before.call()));
    }

    private static int count(Call call) {
        return call.getSupersededBy().isEmpty() ? 0 : 1;
    }

    /** What goes out about it, if something does. */
    public Optional<CallRevised> message() {
        if (!changesCall() || (!after.counts() && (before == null || before.sent() != Sent.CALL))) {
            return Optional.empty();
        }
        return message(after);
    }

    /** What the clean stream has to know of an entry in its present state. */
    public static Optional<CallRevised> message(LedgerEntry entry) {
        if (entry.sent() == Sent.NOTHING) {
            return Optional.empty();
        }
        CallRevised.Builder message = CallRevised.newBuilder()
                .setEnvelope(entry.call().getEnvelope())
                .setRevision(entry.revision().toProto())
                .setLedgerDay(entry.ledgerDay());
        if (entry.counts()) {
            message.setCall(entry.call());
        } else {
            message.setWithdrawn(Withdrawn.newBuilder()
                    .setReason(Withdrawn.Reason.REASON_SUPERSEDED)
                    .setSupersededBy(entry.call().getSupersededBy()));
        }
        return Optional.of(message.build());
    }

    static Sent sentAfter(@Nullable LedgerEntry before, Call now) {
        if (LedgerEntry.counts(now)) {
            return Sent.CALL;
        }
        return before == null || before.sent() == Sent.NOTHING ? Sent.NOTHING : Sent.WITHDRAWN;
    }
}
