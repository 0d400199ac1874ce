package dev.assay.cost.api;

import dev.assay.cost.app.ReportCost;
import dev.assay.platform.kpi.KpiAnswer;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.tenancy.CurrentCaller;
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
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The cost KPIs of the caller's project. */
@Path("/v1/kpis/cost")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class CostKpiResource {
    private final CurrentCaller caller;
    private final ReportCost report;

    CostKpiResource(CurrentCaller caller, ReportCost report) {
        this.caller = caller;
        this.report = report;
    }

    @GET
    @Operation(
            summary = "What calls cost",
            description = "Takes from, to, step, group_by, tz, and a filter per dimension. Unpriced calls lower the"
                    + " coverage and add no zero. cost_per_user is over calls that name their user; its coverage is their"
                    + " share. cost_per_successful_task is all cost over the tasks that succeeded in the range.")
    public Uni<KpiAnswer> cost(@Context UriInfo uri) {
        return report.answer(caller.tenant(), KpiQuery.parse(uri.getQueryParameters(), Instant.now()));
    }
}
