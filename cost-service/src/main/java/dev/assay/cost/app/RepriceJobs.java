package dev.assay.cost.app;

import dev.assay.cost.domain.pricing.PriceOverride;
import dev.assay.cost.domain.pricing.Repricing;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Jobs that bring a price for calls that have been priced already. */
public interface RepriceJobs {
    /** The most calls since the price's date that one job looks at. */
    int MOST_CALLS = 200_000;

    /** How far a job is. */
    enum State {
        PREVIEWED,
        APPLIED,
        UNDONE;

        /** The name on the wire. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A job.
     *
     * @param override the price; in force while the job is applied
     * @param result what it comes to: the preview's figures, then those of the last change that was made
     */
    record Job(
            PriceOverride override,
            State state,
            Repricing result,
            Instant createdTime,
            String createdBy,
            @Nullable Instant appliedTime,
            @Nullable String appliedBy,
            @Nullable Instant undoneTime,
            @Nullable String undoneBy) {}

    /** Works out what a price would change, and keeps it as a job; empty if it reaches back over too many calls. */
    Uni<Optional<Job>> preview(PriceOverride override, String by);

    /**
     * Brings the job's price into force and prices its calls anew, all at once.
     *
     * @return the job; as it was if it has been applied or undone before; empty if there is none
     */
    Uni<Optional<Job>> apply(String tenant, UUID id, String by);

    /** Takes an applied job's price away again and prices its calls without it; the answer as of {@link #apply}. */
    Uni<Optional<Job>> undo(String tenant, UUID id, String by);

    /** One job; empty if there is none. */
    Uni<Optional<Job>> find(String tenant, UUID id);

    /** All of a project, the latest first. */
    Uni<List<Job>> list(String tenant);
}
