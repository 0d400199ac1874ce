package dev.assay.cost.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.assay.cost.app.CostStatus;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.RequiresScope;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** What could not be accounted for the caller's project, and which prices are in force. */
@Path("/v1/status")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope({Scope.READ, Scope.ADMIN})
public class StatusResource {
    private final CurrentCaller caller;
    private final CostStatus status;

    StatusResource(CurrentCaller caller, CostStatus status) {
        this.caller = caller;
        this.status = status;
    }

    @RegisterForReflection
    record Body(Counters counters, List<Prices> prices) {}

    @RegisterForReflection
    record Counters(@JsonProperty("dead_lettered") long deadLettered) {}

    @RegisterForReflection
    record Prices(
            String version, @JsonProperty("effective_from") Instant effectiveFrom, String currency, String source) {}

    @GET
    @Operation(summary = "Dead letters, and the price catalogue's versions")
    public Uni<Body> status() {
        return status.of(caller.tenant())
                .map(found -> new Body(
                        new Counters(found.deadLettered()),
                        found.prices().stream()
                                .map(one ->
                                        new Prices(one.version(), one.effectiveFrom(), one.currency(), one.source()))
                                .toList()));
    }
}
