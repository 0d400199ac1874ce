package dev.assay.ingest.capacity;

import dev.assay.ingest.domain.capacity.CapacityLimit;
import dev.assay.ingest.domain.capacity.CapacityUse;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.RequiresScope;
import dev.assay.platform.window.Minutes;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** What is used of the limits of the caller's project. */
@Path("/v1/capacity")
@RequiresScope(Scope.READ)
public class CapacityResource {
    private static final int MINUTES = 60;

    private final CurrentCaller caller;
    private final LimitLoads loads;
    private final double ratio;

    CapacityResource(CurrentCaller caller, LimitLoads loads, CapacityConfig config) {
        this.caller = caller;
        this.loads = loads;
        this.ratio = config.atCapacityRatio();
    }

    /**
     * A limit and its use. A dimension that the limit does not name is null, as is what has no limit.
     *
     * @param throughputRps calls started per second, on average over the last whole minute
     * @param peakRps the same of the busiest minute of the last hour
     * @param concurrency calls open at the end of the last whole minute
     * @param peakConcurrency the most calls open at once in the last hour
     * @param timeToExhaustionMs by the trend of the last hour; null if it does not run out within 30 days
     */
    public record Item(
            @Nullable String environment,
            @Nullable String app,
            @Nullable String endpoint,
            @Nullable String provider,
            @Nullable String model,
            @Nullable Double maxRps,
            @Nullable Long maxConcurrent,
            double throughputRps,
            double peakRps,
            long concurrency,
            long peakConcurrency,
            @Nullable Double rpsUtilizationRatio,
            @Nullable Double concurrencyUtilizationRatio,
            @Nullable Double headroomRps,
            @Nullable Long headroomConcurrency,
            @Nullable Long timeToExhaustionMs,
            boolean atCapacity) {}

    /**
     * The use of all limits.
     *
     * @param asOf the end of the last whole minute
     */
    public record Body(Instant asOf, double atCapacityRatio, List<Item> items) {}

    @GET
    @Operation(
            summary = "What is used of each limit now, at most in the last hour, and how long the rest lasts",
            description = "Limits are set with PUT /v1/projects/{id}/capacity.")
    public Uni<Body> capacity() {
        String tenant = caller.tenant();
        Instant now = Instant.now();
        return Multi.createFrom()
                .iterable(loads.limits(tenant))
                .onItem()
                .transformToUniAndConcatenate(limit -> loads.last(tenant, limit, MINUTES, now)
                        .map(minutes -> item(limit, CapacityUse.of(limit, minutes))))
                .collect()
                .asList()
                .map(items -> new Body(Minutes.floor(now), ratio, items));
    }

    private Item item(CapacityLimit limit, CapacityUse use) {
        return new Item(
                orNull(limit.environment()),
                orNull(limit.app()),
                orNull(limit.endpoint()),
                orNull(limit.provider()),
                orNull(limit.model()),
                limit.maxRps(),
                limit.maxConcurrent(),
                use.rps(),
                use.peakRps(),
                use.concurrency(),
                use.peakConcurrency(),
                use.rpsUtilization(),
                use.concurrencyUtilization(),
                use.headroomRps(),
                use.headroomConcurrency(),
                use.timeToExhaustion().map(Duration::toMillis).orElse(null),
                use.isAtCapacity(ratio));
    }

    private static @Nullable String orNull(String value) {
        return value.isEmpty() ? null : value;
    }
}
