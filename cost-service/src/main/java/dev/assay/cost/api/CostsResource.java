package dev.assay.cost.api;

import dev.assay.cost.app.PricedCalls;
import dev.assay.cost.app.ReportSpend;
import dev.assay.platform.kpi.KpiQuery;
import dev.assay.platform.tenancy.CurrentCaller;
import dev.assay.platform.tenancy.ProjectDirectory;
import dev.assay.platform.tenancy.Scope;
import dev.assay.platform.web.Problem;
import dev.assay.platform.web.RequiresScope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Spend day by day, and call by call. */
@Path("/v1/costs")
@Produces(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.READ)
public class CostsResource {
    private static final int DEFAULT_DAYS = 30;
    private static final int MAX_DAYS = 366;

    private final CurrentCaller caller;
    private final ReportSpend report;
    private final PricedCalls calls;
    private final ProjectDirectory projects;

    CostsResource(CurrentCaller caller, ReportSpend report, PricedCalls calls, ProjectDirectory projects) {
        this.caller = caller;
        this.report = report;
        this.calls = calls;
        this.projects = projects;
    }

    @GET
    @Path("/summary")
    @Operation(
            summary = "The last days' spend",
            description =
                    "Takes days (1 to 366, default 30), tz, and a filter per dimension. Days are complete ones in tz;"
                            + " days without calls are 0 and count. Today stands apart, being partial.")
    public Uni<SpendSummary> summary(@Context UriInfo uri) {
        var parameters = uri.getQueryParameters();
        for (String other : List.of("from", "to", "step", "group_by")) {
            if (parameters.containsKey(other)) {
                throw Problem.badRequest(other, "is not a parameter here; allowed are days, tz and the dimensions");
            }
        }
        KpiQuery query = KpiQuery.parse(parameters, Instant.now(), Set.of("days"));
        int days = days(parameters.getOrDefault("days", List.of()));
        String tenant = caller.tenant();
        String currency = projects.project(tenant).currency();
        return report.summary(tenant, query.filters(), query.zone(), query.now(), days)
                .map(summary -> SpendSummary.of(summary, query.zone(), currency));
    }

    @GET
    @Path("/calls/{event_id: .+}")
    @Operation(
            summary = "What one call cost, class by class",
            description =
                    "The amounts of the classes sum to list_cost exactly; an unpriced call has null and a reason.")
    public Uni<PricedCallView> call(@PathParam("event_id") String eventId) {
        return calls.find(caller.tenant(), eventId)
                .map(found -> found.map(PricedCallView::of)
                        .orElseThrow(() -> Problem.notFound(
                                "no call has this event_id, or it no longer counts (superseded or erased)")));
    }

    private static int days(List<String> values) {
        if (values.isEmpty()) {
            return DEFAULT_DAYS;
        }
        String text = values.get(0);
        if (values.size() > 1
                || !text.matches("\\d{1,3}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > MAX_DAYS) {
            String got = text.length() > 20 ? text.substring(0, 20) + "…" : text;
            throw Problem.badRequest(
                    "days",
                    "must be a whole number from 1 to " + MAX_DAYS + ", given once, got: "
                            + got.replaceAll("\\p{Cntrl}", "?"));
        }
        return Integer.parseInt(text);
    }
}
