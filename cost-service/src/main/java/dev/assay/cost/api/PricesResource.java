package dev.assay.cost.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.cost.app.PriceOverrides;
import dev.assay.cost.app.PriceOverrides.Outcome;
import dev.assay.cost.app.RepriceJobs;
import dev.assay.cost.domain.pricing.Decimals;
import dev.assay.cost.domain.pricing.PriceOverride;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.ProjectDirectory;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** A project's own prices. */
@Path("/v1/prices/overrides")
@Produces(MediaType.APPLICATION_JSON)
public class PricesResource {
    /** So long before its date a price must be known, that no call of its time is priced without it. */
    private static final Duration NOTICE = Duration.ofSeconds(60);

    private final CurrentCaller caller;
    private final PriceOverrides overrides;
    private final RepriceJobs reprices;
    private final ProjectDirectory projects;

    PricesResource(CurrentCaller caller, PriceOverrides overrides, RepriceJobs reprices, ProjectDirectory projects) {
        this.reprices = reprices;
        this.caller = caller;
        this.overrides = overrides;
        this.projects = projects;
    }

    /** A price as it is kept. */
    @RegisterForReflection
    record View(
            String id,
            String model,
            @Nullable String provider,
            @JsonProperty("effective_from") Instant effectiveFrom,
            String currency,
            @JsonProperty("price_version") String priceVersion,
            Map<String, String> rates) {
        static View of(PriceOverride override) {
            Map<String, String> rates = new TreeMap<>();
            override.card().row().rates().forEach((name, rate) -> rates.put(name, Decimals.text(rate)));
            return new View(
                    override.id(),
                    override.model(),
                    override.provider().isEmpty() ? null : override.provider(),
                    override.effectiveFrom(),
                    override.currency(),
                    override.version(),
                    rates);
        }
    }

    @RegisterForReflection
    record Page(List<View> items) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RequiresScope(Scope.ADMIN)
    @Operation(
            summary = "Sets the project's own price of a model",
            description =
                    "It replaces the catalogue's from effective_from on, which lies at least 60 s ahead, or anywhere"
                            + " when the model has no priced call yet; otherwise 409, since what is priced keeps its price. With reprice it"
                            + " becomes a job that has only been looked at: /v1/prices/reprices/{id}/apply applies it, and"
                            + " undo takes it back.")
    public Uni<Response> add(@Nullable OverrideRequest request) {
        if (request == null) {
            throw Problem.badRequest(null, "the body must be a JSON object");
        }
        String tenant = caller.tenant();
        PriceOverride override =
                request.toOverride(tenant, projects.project(tenant).currency());
        if (Boolean.TRUE.equals(request.reprice())) {
            return reprice(override);
        }
        return overrides
                .add(override, Instant.now().plus(NOTICE), caller.get().keyId())
                .map(outcome -> {
                    if (outcome == Outcome.TOO_LATE) {
                        throw Problem.conflict("effective_from must lie at least " + NOTICE.toSeconds()
                                + " s ahead: calls of this model have been priced already");
                    }
                    return Response.status(Response.Status.CREATED)
                            .entity(View.of(override))
                            .build();
                });
    }

    private Uni<Response> reprice(PriceOverride override) {
        return reprices.preview(override, caller.get().keyId()).map(job -> {
            if (job.isEmpty()) {
                throw Problem.unprocessable(
                        "effective_from",
                        "must lie so late that at most " + RepriceJobs.MOST_CALLS + " calls have been made since");
            }
            return Response.created(URI.create("/v1/prices/reprices/" + override.id()))
                    .entity(RepriceView.of(job.get()))
                    .build();
        });
    }

    @GET
    @RequiresScope(Scope.READ)
    @Operation(summary = "The project's own prices, the latest first")
    public Uni<Page> list() {
        return overrides
                .list(caller.tenant())
                .map(found -> new Page(found.stream().map(View::of).toList()));
    }
}
