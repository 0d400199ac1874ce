package dev.assay.cost.app;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** How the service stands for one project. */
public interface CostStatus {
    /** The status of a project. */
    Uni<Status> of(String tenant);

    /**
     * The status.
     *
     * @param deadLettered records of the project that could not be accounted
     * @param prices the price catalogue's versions, the latest first
     */
    record Status(long deadLettered, List<PriceVersion> prices) {}

    /** A version of the catalogue and from when it holds. */
    record PriceVersion(String version, Instant effectiveFrom, String currency, String source) {}
}
