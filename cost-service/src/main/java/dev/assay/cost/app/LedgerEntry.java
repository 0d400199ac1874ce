package dev.assay.cost.app;

import dev.assay.contracts.llm.v1.Call;
import dev.assay.cost.domain.spend.Contribution;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's row of one call at one revision.
 *
 * @param details null once the call is withdrawn: the row then only keeps older revisions out
 */
public record LedgerEntry(
        CallKey key,
        String eventId,
        CallRevision revision,
        @Nullable Details details) {

    /**
     * What a call that counts is in the ledger.
     *
     * @param billing the call's billing fields, to price it again
     */
    public record Details(Call billing, Bill bill, Contribution contribution) {}

    /** What it adds to the windows; nothing once it is withdrawn. */
    public Optional<Contribution> contribution() {
        return Optional.ofNullable(details).map(Details::contribution);
    }
}
