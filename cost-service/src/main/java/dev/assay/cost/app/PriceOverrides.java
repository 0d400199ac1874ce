package dev.assay.cost.app;

import dev.assay.cost.domain.pricing.PriceOverride;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** The projects' own prices. */
public interface PriceOverrides {
    /** What became of a new price. */
    enum Outcome {
        ADDED,
        /** It would reach back over calls that have a price already. */
        TOO_LATE
    }

    /**
     * Adds a price if it takes effect at {@code earliest} or later, or if its model has never been priced.
     *
     * @param createdBy the key that asked for it
     */
    Uni<Outcome> add(PriceOverride override, Instant earliest, String createdBy);

    /** A project's prices, the latest first. */
    Uni<List<PriceOverride>> list(String tenant);
}
