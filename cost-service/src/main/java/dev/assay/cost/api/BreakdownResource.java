package dev.assay.cost.api;

import dev.assay.cost.app.CostBreakdown;
import dev.assay.cost.app.LedgerQuery;
import dev.assay.cost.app.UnpricedModels;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.ProjectDirectory;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Where the money goes, and what is not known of it. */
@Path("/v1/costs")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class BreakdownResource {
    private static final int USUAL = 100;
    private static final int MOST = 1000;

    private final CurrentCaller caller;
    private final CostBreakdown breakdown;
    private final UnpricedModels unpriced;
    private final ProjectDirectory projects;

    BreakdownResource(
            CurrentCaller caller, CostBreakdown breakdown, UnpricedModels unpriced, ProjectDirectory projects) {
        this.caller = caller;
        this.breakdown = breakdown;
        this.unpriced = unpriced;
        this.projects = projects;
    }

    @GET
    @Path("/breakdown")
    @Operation(
            summary = "What a range cost, by one to three of what calls tell",
            description = "Takes from, to (at most 92 days), group_by (dimensions, user_id, task_id, price_key,"
                    + " price_version, unpriced_reason), the filters of the ledger, and limit. items are by cost, movers by"
                    + " the change against the range of the same length before. Summed from the ledger: each item's filters"
                    + " at /v1/costs/ledger give its calls.")
    public Uni<BreakdownView> breakdown(@Context UriInfo uri) {
        LedgerParameters parameters =
                LedgerParameters.parse(uri.getQueryParameters(), Instant.now(), Set.of("group_by", "limit"));
        List<String> by = parameters.groupBy();
        int limit = parameters.limit(USUAL, MOST);
        LedgerQuery query = parameters.query();
        String tenant = caller.tenant();
        return breakdown
                .read(tenant, query, by)
                .map(groups ->
                        BreakdownView.of(query.range(), projects.project(tenant).currency(), groups, limit));
    }

    @GET
    @Path("/unpriced")
    @Operation(
            summary = "What could not be priced, by model and reason, the most tokens first",
            description = "Takes from, to (at most 92 days), the filters of the ledger, and limit. Set a price at"
                    + " /v1/prices/overrides for what stands here.")
    public Uni<UnpricedView> unpriced(@Context UriInfo uri) {
        LedgerParameters parameters = LedgerParameters.parse(uri.getQueryParameters(), Instant.now(), Set.of("limit"));
        LedgerQuery query = parameters.query();
        return unpriced.read(caller.tenant(), query, parameters.limit(USUAL, MOST))
                .map(figures -> UnpricedView.of(query.range(), figures));
    }
}
