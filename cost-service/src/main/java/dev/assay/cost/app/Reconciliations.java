package dev.assay.cost.app;

import dev.assay.cost.domain.reconcile.BilledLine;
import dev.assay.cost.domain.reconcile.Reconciliation;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Bills that were imported, and what they come to beside the ledger. */
public interface Reconciliations {
    /** The most that a project keeps. */
    int MOST = 500;

    /** The most days, providers and models that one has, those of its lines and of the ledger together. */
    int MOST_GROUPS = 10_000;

    /** What became of an import. */
    enum Outcome {
        ADDED,
        /** The same bill was there already. */
        KNOWN,
        /** The project has as many as it may. */
        FULL,
        /** It has more than {@link #MOST_GROUPS}. */
        TOO_WIDE
    }

    /**
     * A bill that was imported.
     *
     * @param firstDay the first UTC day that the report is about, lastDay the last
     */
    record Imported(
            String tenant,
            UUID id,
            String format,
            String currency,
            LocalDate firstDay,
            LocalDate lastDay,
            Instant createdTime,
            String createdBy) {}

    /** A bill beside the ledger. */
    record Compared(Imported imported, Reconciliation result) {}

    /** Keeps a bill, with what the ledger holds of its days and providers by now. */
    Uni<Outcome> add(Imported imported, List<BilledLine> lines);

    /** One bill, compared with the ledger as it is; empty if there is none. */
    Uni<Optional<Compared>> find(String tenant, UUID id);

    /** All of a project, the latest first. */
    Uni<List<Imported>> list(String tenant);

    /** Forgets a bill; false if there is none. */
    Uni<Boolean> remove(String tenant, UUID id);
}
